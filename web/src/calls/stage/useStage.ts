import { useStore } from 'zustand';
import { systemClock } from '../../platform/clock.ts';
import { keep, kept } from '../../platform/keepsakes.ts';
import type { OwnCall } from '../own/ownCall.ts';
import type { Participant } from '../transport/media.transport.ts';
import { useActive, useCalls } from '../useCalls.ts';
import { readTile } from './layout.ts';
import { createPictureWindow, type PictureWindow } from './pictureWindow.ts';
import { createReactions, type Reactions } from './reactions.ts';
import { createStage, type Stage, type StageState } from './stage.ts';

interface StageParts {
  readonly stage: Stage;
  readonly reactions: Reactions;
  readonly picture: PictureWindow;
}

const known = new WeakMap<OwnCall, StageParts>();

/** One for each signed-in person, made when they come near a call (no first screen needs it), and gone with them. */
function partsOf(own: OwnCall): StageParts {
  const parts = known.get(own) ?? makeParts(own);
  known.set(own, parts);
  return parts;
}

function makeParts(own: OwnCall): StageParts {
  const peopleNow = (): readonly Participant[] => own.store.getState().active?.people ?? [];
  const stage = createStage({
    own,
    clock: systemClock,
    kept: () => kept('call-view'),
    keep: (choice) => keep('call-view', choice),
  });
  return {
    stage,
    reactions: createReactions({
      tell: own.tell,
      onTold: own.onTold,
      me: () => peopleNow().find((one) => one.isMe)?.identity,
      clock: systemClock,
    }),
    picture: createPictureWindow({
      page: window,
      video() {
        const { single } = stage.store.getState();
        const { identity, kind } = readTile(single ?? '');
        const shown = peopleNow().find((one) => one.identity === identity);
        return (kind === 'screen' ? shown?.screen : shown?.camera) ?? null;
      },
    }),
  };
}

export function useStage(): Stage {
  return partsOf(useCalls().own).stage;
}

export function useStageState<T>(select: (state: StageState) => T): T {
  return useStore(useStage().store, select);
}

export function useReactions(): Reactions {
  return partsOf(useCalls().own).reactions;
}

export function usePictureWindow(): PictureWindow {
  return partsOf(useCalls().own).picture;
}

/** Renders for this one only; undefined when they have just left. */
export function useParticipant(identity: string): Participant | undefined {
  return useActive(({ people }) => people.find((one) => one.identity === identity));
}
