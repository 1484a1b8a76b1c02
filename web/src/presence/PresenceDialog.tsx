import { PresenceChoice, type SettingsChange } from '@dialog/shared/settings';
import type { PresenceSettings } from '@dialog/shared/settings.values';
import type { User } from '@dialog/shared/users';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../platform/useAct.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Failure } from '../ui/Failure.tsx';
import { PersonAvatar } from '../users/PersonAvatar.tsx';
import { ownDot } from './ownDot.ts';
import styles from './PresenceDialog.module.css';
import { endText, SPANS } from './spans.ts';

interface PresenceDialogProps {
  readonly user: User;
  readonly chosen: PresenceSettings;
  readonly onChange: (change: SettingsChange) => Promise<void>;
  readonly onClose: () => void;
}

type Span = (typeof SPANS)[number]['word'] | 'kept';

/** How others see one, and for how long. */
export function PresenceDialog({ user, chosen, onChange, onClose }: PresenceDialogProps): ReactNode {
  const { t } = useTranslation('presence');
  const { act, isBusy, error } = useAct();
  const [choice, setChoice] = useState(chosen.choice);
  const hasEnd = chosen.until !== null && choice === chosen.choice;
  const [span, setSpan] = useState<Span>(chosen.until === null ? 'spanForGood' : 'kept');
  const shownSpan = span === 'kept' && !hasEnd ? 'spanForGood' : span;

  async function save(): Promise<void> {
    await onChange({ presence: { choice, until: untilOf(choice, shownSpan, chosen) } });
    onClose();
  }

  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('title')}
      footer={
        <Button kind="primary" isBusy={isBusy} onClick={() => void act(save)}>
          {t('save')}
        </Button>
      }
    >
      <div className={styles['form']}>
        <fieldset className={styles['choices']}>
          <legend className="visually-hidden">{t('title')}</legend>
          {PresenceChoice.options.map((option) => (
            <label key={option} className={styles['choice']}>
              <input
                className="visually-hidden"
                type="radio"
                name="presence"
                checked={choice === option}
                onChange={() => setChoice(option)}
              />
              <PersonAvatar user={user} size={40} dot={ownDot(option)} />
              <span className={styles['words']}>
                <span className={styles['name']}>{t(option)}</span>
                <span className={styles['text']}>{t(`${option}Text`)}</span>
              </span>
            </label>
          ))}
        </fieldset>
        {choice !== 'automatic' && (
          <fieldset className={styles['spans']}>
            <legend className={styles['legend']}>{t('howLong')}</legend>
            {hasEnd && <SpanChip word="kept" end={chosen.until} chosen={shownSpan} onChoose={setSpan} />}
            {SPANS.map(({ word }) => (
              <SpanChip key={word} word={word} chosen={shownSpan} onChoose={setSpan} />
            ))}
          </fieldset>
        )}
        <Failure text={error} />
      </div>
    </Dialog>
  );
}

interface SpanChipProps {
  readonly word: Span;
  readonly chosen: Span;
  readonly end?: string | null;
  readonly onChoose: (word: Span) => void;
}

function SpanChip({ word, chosen, end = null, onChoose }: SpanChipProps): ReactNode {
  const { t, i18n } = useTranslation('presence');
  return (
    <label className={styles['chip']}>
      <input
        className="visually-hidden"
        type="radio"
        name="span"
        checked={chosen === word}
        onChange={() => onChoose(word)}
      />
      {word === 'kept' ? t('until', { time: endText(end ?? '', i18n.language) }) : t(word)}
    </label>
  );
}

function untilOf(choice: PresenceChoice, span: Span, chosen: PresenceSettings): string | null {
  if (choice === 'automatic') return null;
  if (span === 'kept') return chosen.until;
  return SPANS.find(({ word }) => word === span)?.until(Date.now()) ?? null;
}
