import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/Dialog.tsx';
import { KeysList } from '../../ui/KeysList.tsx';
import { MICROPHONE_CHORD } from '../devices/useMicrophoneChord.ts';
import { useLocalMedia } from '../useCalls.ts';
import { type CallAct, KEYS } from './callKeys.ts';
import { usePictureWindow } from './usePictureWindow.ts';

interface CallKeysHelpProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** The list behind `?` in a call. */
export function CallKeysHelp({ isOpen, onClose }: CallKeysHelpProps): ReactNode {
  const { t } = useTranslation('stage');
  const isPushToTalk = useLocalMedia(({ habits }) => habits.isPushToTalk);
  const { above, hasOwn } = usePictureWindow();
  const acts = ORDER.filter((act) => act !== 'window' || above !== 'nothing' || hasOwn);
  const textOf = (act: CallAct): string =>
    t(act === 'window' && above === 'nothing' ? 'ownWindow' : (`key_${act}` as const));
  const rows = [
    ...(isPushToTalk ? [{ keys: t('spaceBar'), text: t('key_talk') }] : []),
    { keys: MICROPHONE_CHORD, text: t('key_muteAnywhere') },
    ...acts.map((act) => ({ keys: KEYS[act], text: textOf(act) })),
  ];
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t('keys')} description={t('keysText')}>
      <KeysList rows={rows} />
    </Dialog>
  );
}

const ORDER = Object.keys(KEYS).filter((act): act is CallAct => act in KEYS);
