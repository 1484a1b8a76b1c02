import { lazy } from '../../platform/late.ts';

/** What a call goes without until somebody asks for it. */
export const PeoplePanel = lazy(async () => ({ default: (await import('./PeoplePanel.tsx')).PeoplePanel }));
export const CallKeysHelp = lazy(async () => ({ default: (await import('./CallKeysHelp.tsx')).CallKeysHelp }));
export const QualityNote = lazy(async () => ({ default: (await import('../quality/QualityNote.tsx')).QualityNote }));
export const RingStates = lazy(async () => ({ default: (await import('../ring/RingStates.tsx')).RingStates }));
export const DevicesDialog = lazy(async () => ({
  default: (await import('../devices/DevicesDialog.tsx')).DevicesDialog,
}));
export const SealingMark = lazy(async () => ({ default: (await import('../sealing/SealingMark.tsx')).SealingMark }));
export const OpenMark = lazy(async () => ({ default: (await import('../sealing/OpenMark.tsx')).OpenMark }));
export const MovedNote = lazy(async () => ({ default: (await import('../sealing/MovedNote.tsx')).MovedNote }));
export const LeftShareNote = lazy(async () => ({ default: (await import('./LeftShareNote.tsx')).LeftShareNote }));
