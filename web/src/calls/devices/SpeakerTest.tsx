import { Volume2 } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { useLocalMedia } from '../useCalls.ts';
import { chosenSpeaker } from './devices.choice.ts';
import styles from './SpeakerTest.module.css';
import { playTestTone, TONE_MS } from './testTone.ts';

type Step = 'quiet' | 'playing' | 'asking' | 'heard' | 'notHeard';

/** Plays two notes and asks whether they were heard; who heard nothing is told where to look. */
export function SpeakerTest(): ReactNode {
  const { t } = useTranslation('lobby');
  const speaker = useLocalMedia(chosenSpeaker);
  const [step, setStep] = useState<Step>('quiet');
  const stop = useRef<() => void>(undefined);
  useEffect(() => () => stop.current?.(), []);

  function play(): void {
    stop.current?.();
    setStep('playing');
    const silence = playTestTone(speaker);
    const timer = setTimeout(() => {
      stop.current = undefined;
      silence();
      setStep('asking');
    }, TONE_MS + 300);
    stop.current = () => {
      clearTimeout(timer);
      silence();
    };
  }

  return (
    <div className={styles['test']}>
      <Button size="s" icon={<Volume2 />} isBusy={step === 'playing'} onClick={play}>
        {t('speakerTest')}
      </Button>
      <output className={styles['answer']}>
        {step === 'playing' && t('speakerPlaying')}
        {step === 'heard' && t('speakerHeard')}
        {step === 'notHeard' && t('speakerHelp')}
        {step === 'asking' && (
          <>
            <span>{t('speakerQuestion')}</span>
            <Button size="s" kind="quiet" onClick={() => setStep('heard')}>
              {t('speakerYes')}
            </Button>
            <Button size="s" kind="quiet" onClick={() => setStep('notHeard')}>
              {t('speakerNo')}
            </Button>
          </>
        )}
      </output>
    </div>
  );
}
