import { DISPLAY_NAME_MAX, PERSON_DESCRIPTION_MAX } from '@dialog/shared/users.values';
import type { FormEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useAct } from '../../platform/useAct.ts';
import { Button } from '../../ui/Button.tsx';
import { Failure } from '../../ui/Failure.tsx';
import { Section } from '../../ui/Section.tsx';
import { Setting } from '../../ui/Setting.tsx';
import { TextArea } from '../../ui/TextArea.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { toast } from '../../ui/toast.ts';
import { namesChange, type NamesTyped, stillTyped } from './namesTyped.ts';
import styles from './Profile.module.css';
import type { ProfileProps } from './ProfileSections.tsx';
import { typedOf } from './typed.ts';

/** What others read. What one has not touched follows what another device makes of it. */
export function NamesForm({ profile, actions }: ProfileProps): ReactNode {
  const { t } = useTranslation('profile');
  const { act, isBusy, error } = useAct();
  const store = typedOf(actions);
  const typed = useStore(store, ({ names }) => names);
  const setTyped = (names: NamesTyped): void => store.setState({ names });
  const displayName = typed.displayName ?? profile.user.displayName;
  const description = typed.description ?? profile.description;
  const isEmpty = displayName.trim() === '';
  const change = namesChange(typed, profile);

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (isEmpty || isBusy) return;
    const isSaved = await act(async () => {
      if (change) await actions.change(change);
      return true;
    });
    if (isSaved !== true) return;
    setTyped(stillTyped(store.getState().names, typed));
    toast(t('saved'), { kind: 'success' });
  }

  return (
    <Section title={t('names')} text={t('namesText')}>
      <form className={styles['form']} onSubmit={(event) => void save(event)} noValidate>
        <Setting anchor="displayName">
          <TextField
            label={t('displayName')}
            value={displayName}
            onChange={(value) => setTyped({ ...typed, displayName: value })}
            error={isEmpty ? t('nameEmpty') : undefined}
            maxLength={DISPLAY_NAME_MAX}
            autoComplete="name"
            dir="auto"
          />
        </Setting>
        <Setting anchor="description">
          <TextArea
            label={t('bio')}
            value={description}
            onChange={(value) => setTyped({ ...typed, description: value })}
            hint={t('bioHint', { count: PERSON_DESCRIPTION_MAX - description.length })}
            maxLength={PERSON_DESCRIPTION_MAX}
            rows={4}
            dir="auto"
          />
        </Setting>
        <Failure text={error} />
        <div className={styles['end']}>
          {/* Also where nothing is changed any more: pressed, it would lose the focus. */}
          <Button type="submit" kind="primary" isBusy={isBusy} disabled={isEmpty}>
            {t('save')}
          </Button>
        </div>
      </form>
    </Section>
  );
}
