import type { User } from '@dialog/shared/users';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../platform/useAct.ts';
import { Button } from '../ui/Button.tsx';
import { Section } from '../ui/Section.tsx';
import { TextField } from '../ui/TextField.tsx';
import { FriendButton } from './FriendButton.tsx';
import styles from './People.module.css';
import type { People } from './people.ts';
import { PersonRow } from './PersonRow.tsx';

interface Found {
  readonly name: string;
  readonly users: readonly User[];
}

/** By user name. Whom one finds so is shown first: nobody is asked by mistake. */
export function AddSomebody({ people }: { readonly people: People }): ReactNode {
  const { t } = useTranslation('people');
  const [name, setName] = useState('');
  const [found, setFound] = useState<Found>();
  const { act, isBusy, error } = useAct();
  const wanted = name.trim().replace(/^@/, '');
  const isNobody = found !== undefined && found.users.length === 0;
  return (
    <Section title={t('addTitle')} text={t('addText')}>
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          if (wanted === '') return;
          void act(async () => {
            const { users } = await people.find(wanted);
            setFound({ name: wanted, users });
          });
        }}
      >
        <TextField
          label={t('name')}
          isLabelHidden
          placeholder={t('name')}
          value={name}
          onChange={(value) => {
            setName(value);
            setFound(undefined);
          }}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={64}
          error={error ?? (isNobody ? t('nobody', { name: found.name }) : undefined)}
        />
        <Button type="submit" kind="primary" isBusy={isBusy} disabled={wanted === ''}>
          {t('find')}
        </Button>
      </form>
      {found !== undefined && found.users.length > 0 && (
        <ul className={styles['list']}>
          {found.users.map((user) => (
            <PersonRow key={user.id} user={user}>
              <FriendButton user={user} people={people} />
            </PersonRow>
          ))}
        </ul>
      )}
    </Section>
  );
}
