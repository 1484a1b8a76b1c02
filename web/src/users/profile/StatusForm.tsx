import type { PersonStatus } from '@dialog/shared/users';
import { STATUS_TEXT_MAX } from '@dialog/shared/users.values';
import { X } from 'lucide-react';
import { type FormEvent, type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useAct } from '../../platform/useAct.ts';
import { Button } from '../../ui/Button.tsx';
import { Failure } from '../../ui/Failure.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Section } from '../../ui/Section.tsx';
import { Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { toast } from '../../ui/toast.ts';
import styles from './Profile.module.css';
import type { EmojiButton, ProfileProps } from './ProfileSections.tsx';
import { type End, endChosen, endThatStands, UNTILS } from './statusTimes.ts';
import { statusSettled, type StatusTyped, typedOf } from './typed.ts';
import { useStatus } from './useStatus.ts';

/** What one is doing, for a while or for good. */
export function StatusForm({ profile, actions, Emoji }: ProfileProps & { readonly Emoji: EmojiButton }): ReactNode {
  const { t } = useTranslation('profile');
  const { act, isBusy, error } = useAct();
  const status = useStatus(profile.status);
  const store = typedOf(actions);
  const { text, emoji, end: chosen } = useStore(store, (typed) => typed.status);
  const field = useRef<HTMLInputElement>(null);
  const [openedAt] = useState(() => new Date());
  const [isPast, setPast] = useState(false);
  const words = text ?? status?.text ?? '';
  const { until, own }: End = { ...endThatStands(status, openedAt), ...chosen };
  const sign = signOf(emoji, status);

  function type(change: Partial<StatusTyped>): void {
    store.setState((typed) => ({ status: { ...typed.status, ...change } }));
  }

  function settle(said: string): void {
    store.setState((typed) => ({ status: statusSettled(typed.status, text) }));
    toast(said, { kind: 'success' });
  }

  async function set(event: FormEvent): Promise<void> {
    event.preventDefault();
    const end = endChosen({ until, own }, status, new Date());
    const isOver = until === 'own' && (end === undefined || end.getTime() <= Date.now());
    setPast(isOver);
    if (isOver || words.trim() === '' || isBusy) return;
    const isSet = await act(async () => {
      await actions.setStatus({
        text: words,
        ...(sign === undefined ? {} : { emoji: sign }),
        ...(end ? { until: end.toISOString() } : {}),
      });
      return true;
    });
    if (isSet === true) settle(t('statusSaved'));
  }

  /** What is pressed goes away, and the focus would with it. */
  function goToField(): void {
    field.current?.focus();
  }

  async function clear(): Promise<void> {
    goToField();
    const isCleared = await act(async () => {
      await actions.setStatus(null);
      return true;
    });
    if (isCleared === true) settle(t('statusCleared'));
  }

  return (
    <Section title={t('status')} text={t('statusText')} anchor="status">
      <form className={styles['form']} onSubmit={(event) => void set(event)} noValidate>
        <div className={styles['saying']}>
          <Emoji label={t('emoji')} emoji={sign} onPick={(picked) => type({ emoji: picked })} />
          <TextField
            ref={field}
            label={t('statusWords')}
            isLabelHidden
            placeholder={t('statusPlaceholder')}
            value={words}
            onChange={(value) => type({ text: value })}
            maxLength={STATUS_TEXT_MAX}
            dir="auto"
          />
          {sign !== undefined && (
            <IconButton
              label={t('removeEmoji')}
              onClick={() => {
                type({ emoji: null });
                goToField();
              }}
            >
              <X />
            </IconButton>
          )}
        </div>
        <div className={styles['pair']}>
          <Select
            label={t('until')}
            value={until}
            options={UNTILS.map((value) => ({ value, label: t(`until_${value}`) }))}
            onChange={(value) => type({ end: { ...chosen, until: value } })}
          />
          {until === 'own' && (
            <TextField
              type="datetime-local"
              label={t('off')}
              value={own}
              onChange={(value) => type({ end: { ...chosen, own: value } })}
              error={isPast ? t('untilPast') : undefined}
            />
          )}
        </div>
        <Failure text={error} />
        <div className={styles['end']}>
          {status && (
            <Button kind="quiet" isBusy={isBusy} onClick={() => void clear()}>
              {t('clearStatus')}
            </Button>
          )}
          <Button type="submit" kind="primary" isBusy={isBusy} disabled={words.trim() === ''}>
            {t('save')}
          </Button>
        </div>
      </form>
    </Section>
  );
}

/** What was picked; while nothing was, what stands, also beside other words. */
function signOf(picked: string | null | undefined, status: PersonStatus | null): string | undefined {
  return (picked === undefined ? status?.emoji : picked) ?? undefined;
}
