import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Switch } from '../../ui/Switch.tsx';
import { CaptionsChoice } from '../captions/CaptionsChoice.tsx';
import styles from './DeviceChoice.module.css';
import { useCalls, useLocalMedia } from '../useCalls.ts';

/** How one takes part; remembered on this device. */
export function HabitsChoice(): ReactNode {
  const { t } = useTranslation('lobby');
  const { media } = useCalls().own;
  const { isPushToTalk, isSelfHidden } = useLocalMedia(({ habits }) => habits);
  return (
    <div className={styles['habits']}>
      <Switch
        label={t('pushToTalk')}
        hint={t('pushToTalkHint')}
        isOn={isPushToTalk}
        onChange={(isOn) => media.setHabits({ isPushToTalk: isOn })}
      />
      <Switch
        label={t('selfHidden')}
        hint={t('selfHiddenHint')}
        isOn={isSelfHidden}
        onChange={(isOn) => media.setHabits({ isSelfHidden: isOn })}
      />
      <CaptionsChoice />
    </div>
  );
}
