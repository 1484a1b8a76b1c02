import { DISPLAY_NAME_MAX, PERSON_DESCRIPTION_MAX } from '@dialog/shared/users.values';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../platform/useAct.ts';
import { Button } from '../../ui/Button.tsx';
import { Failure } from '../../ui/Failure.tsx';
import { Section } from '../../ui/Section.tsx';
import { Setting } from '../../ui/Setting.tsx';
import { TextArea } from '../../ui/TextArea.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { toast } from '../../ui/toast.ts';
import styles from './Profile.module.css';
import type { ProfileProps } from './ProfileSections.tsx';

/** What others read. What one has not touched follows what another device makes of it. */
export function NamesForm({ profile, actions }: ProfileProps): ReactNode {
  const { t } = useTranslation('profile');
  const { act, isBusy, error } = useAct();
  const [name, setName] = useState<string>();
  const [bio, setBio] = useState<string>();
  const { user, description } = profile;
  const displayName = name ?? user.displayName;
  const about = bio ?? description;
  const isEmpty = displayName.trim() === '';
  const isChanged = displayName.trim() !== user.displayName || about.trim() !== description;

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (isEmpty || !isChanged || isBusy) return;
    const isSaved = await act(async () => {
      await actions.change({ displayName, description: about });
      return true;
    });
    if (isSaved !== true) return;
    setName(undefined);
    setBio(undefined);
    toast(t('saved'), { kind: 'success' });
  }

  return (
    <Section title={t('names')} text={t('namesText')}>
      <form className={styles['form']} onSubmit={(event) => void save(event)} noValidate>
        <Setting anchor="displayName">
          <TextField
            label={t('displayName')}
            value={displayName}
            onChange={setName}
            error={isEmpty ? t('nameEmpty') : undefined}
            maxLength={DISPLAY_NAME_MAX}
            autoComplete="name"
            dir="auto"
          />
        </Setting>
        <Setting anchor="description">
          <TextArea
            label={t('bio')}
            value={about}
            onChange={setBio}
            hint={t('bioHint', { left: PERSON_DESCRIPTION_MAX - about.length })}
            maxLength={PERSON_DESCRIPTION_MAX}
            rows={4}
            dir="auto"
          />
        </Setting>
        <Failure text={error} />
        <div className={styles['end']}>
          <Button type="submit" kind="primary" isBusy={isBusy} disabled={isEmpty || !isChanged}>
            {t('save')}
          </Button>
        </div>
      </form>
    </Section>
  );
}
