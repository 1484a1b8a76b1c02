import { Hand } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../ui/IconButton.tsx';
import { useActive } from '../useCalls.ts';
import { KEYS } from './callKeys.ts';

/** Says without a word that one would like to speak. */
export function HandButton({ onPress }: { readonly onPress: () => void }): ReactNode {
  const { t } = useTranslation('stage');
  const isUp = useActive(({ people }) => people.some((one) => one.isMe && one.hand !== null));
  return (
    <IconButton
      label={t(isUp ? 'lowerHand' : 'raiseHand')}
      keys={KEYS.hand}
      kind={isUp ? 'filled' : 'plain'}
      onClick={onPress}
    >
      <Hand />
    </IconButton>
  );
}
