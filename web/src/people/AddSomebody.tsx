import type { User } from '@dialog/shared/users';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '../platform/useErrorText.ts';
import { Button } from '../ui/Button.tsx';
import { Section } from '../ui/Section.tsx';
import { TextField } from '../ui/TextField.tsx';
import { FriendButton } from './FriendButton.tsx';
import styles from './People.module.css';
import type { People } from './people.ts';
import { PersonRow } from './PersonRow.tsx';

type Answer =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'found'; readonly users: readonly User[] }
  | { readonly kind: 'failed'; readonly error: string };

/** By user name. Whom one finds so is shown first: nobody is asked by mistake. */
export function AddSomebody({ people }: { readonly people: People }): ReactNode {
  const { t } = useTranslation('people');
  const [name, setName] = useState('');
  const wanted = name.trim().replace(/^@/, '');
  const { answer, find } = useFinding(people, wanted);
  const found = answer?.kind === 'found' ? answer.users : [];
  const nobody = answer?.kind === 'found' && found.length === 0 ? t('nobody', { name: wanted }) : undefined;
  return (
    <Section title={t('addTitle')} text={t('addText')}>
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          void find();
        }}
      >
        <TextField
          label={t('name')}
          isLabelHidden
          placeholder={t('name')}
          value={name}
          onChange={setName}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={64}
          error={answer?.kind === 'failed' ? answer.error : nobody}
        />
        <Button type="submit" kind="primary" isBusy={answer?.kind === 'waiting'} disabled={wanted === ''}>
          {t('find')}
        </Button>
      </form>
      {found.length > 0 && (
        <ul className={styles['list']}>
          {found.map((user) => (
            <PersonRow key={user.id} user={user}>
              <FriendButton user={user} people={people} />
            </PersonRow>
          ))}
        </ul>
      )}
    </Section>
  );
}

/** The answer belongs to the name that was asked for: it is not shown beside another one, however late it comes. */
function useFinding(people: People, wanted: string) {
  const errorText = useErrorText();
  const [asked, setAsked] = useState<{ readonly name: string; readonly answer: Answer }>();

  function take(name: string, answer: Answer): void {
    setAsked((now) => (now?.name === name ? { name, answer } : now));
  }

  async function find(): Promise<void> {
    const name = wanted;
    if (name === '') return;
    setAsked({ name, answer: { kind: 'waiting' } });
    try {
      take(name, { kind: 'found', users: (await people.find(name)).users });
    } catch (failure) {
      take(name, { kind: 'failed', error: errorText(failure) });
    }
  }

  return { answer: asked?.name === wanted ? asked.answer : undefined, find };
}
