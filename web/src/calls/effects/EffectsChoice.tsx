import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PickFile } from '../../ui/PickFile.tsx';
import { Select } from '../../ui/Select.tsx';
import { Switch } from '../../ui/Switch.tsx';
import { BACKGROUNDS, type Background } from '../devices/habits.ts';
import { useCalls, useLocalMedia } from '../useCalls.ts';
import styles from './EffectsChoice.module.css';
import { isBackgroundPossible, isNoiseReductionPossible } from './effectFor.ts';
import { chooseOwnPicture, ownPicture } from './picture.ts';

/** What is done to sound and picture before they leave. */
export function EffectsChoice(): ReactNode {
  const { t } = useTranslation('lobby');
  const { media } = useCalls().own;
  const isNoiseReduced = useLocalMedia(({ habits }) => habits.isNoiseReduced);
  const isPossible = isNoiseReductionPossible();
  return (
    <div className={styles['effects']}>
      <BackgroundChoice />
      <Switch
        label={t('noise')}
        hint={t(isPossible ? 'noiseHint' : 'noiseImpossible')}
        isOn={isNoiseReduced && isPossible}
        isDisabled={!isPossible}
        onChange={(isOn) => media.setHabits({ isNoiseReduced: isOn })}
      />
    </div>
  );
}

function BackgroundChoice(): ReactNode {
  const { t } = useTranslation('lobby');
  const { media } = useCalls().own;
  const background = useLocalMedia(({ habits }) => habits.background);
  const status = useLocalMedia(({ camera }) => camera.effect);
  const [hasPicture, setHasPicture] = useState(() => ownPicture() !== null);
  const [isRefused, setRefused] = useState(false);
  const isPossible = isBackgroundPossible();
  const options = BACKGROUNDS.filter((one) => one !== 'own' || hasPicture);

  async function choosePicture(file: File): Promise<void> {
    const isTaken = await chooseOwnPicture(file).then(
      () => true,
      () => false,
    );
    setRefused(!isTaken);
    if (!isTaken) return;
    setHasPicture(true);
    media.setHabits({ background: 'own' });
  }

  return (
    <div className={styles['background']}>
      <Select<Background>
        label={t('background')}
        value={isPossible ? background : 'none'}
        options={options.map((value) => ({ value, label: t(`background-${value}`) }))}
        isDisabled={!isPossible}
        onChange={(next) => media.setHabits({ background: next })}
      />
      {isPossible && (
        <PickFile label={t('backgroundPick')} accept="image/*" onPick={(file) => void choosePicture(file)} />
      )}
      <output className={styles['note']}>
        {!isPossible && t('backgroundImpossible')}
        {isRefused && t('backgroundRefused')}
        {!isRefused && status === 'starting' && t('backgroundStarting')}
      </output>
    </div>
  );
}
