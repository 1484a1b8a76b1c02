import type { UserId } from '@dialog/shared/contract/values';
import { type User, UserName } from '@dialog/shared/users';
import { UserPlus, X } from 'lucide-react';
import { type ReactNode, type RefObject, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { ApiError } from '../platform/api.ts';
import { useErrorText } from '../platform/useErrorText.ts';
import { Button } from '../ui/Button.tsx';
import { TextField } from '../ui/TextField.tsx';
import styles from './PeoplePicker.module.css';
import { useChats } from './useChats.ts';
import { PersonAvatar } from '../users/PersonAvatar.tsx';

interface PeoplePickerProps {
  readonly picked: readonly User[];
  readonly onPick: (picked: readonly User[]) => void;
  /** Who is in already and cannot be picked. */
  readonly excluded: ReadonlySet<UserId>;
  /** Where one writes a name; for the dialog around it to begin at. */
  readonly field: RefObject<HTMLInputElement | null>;
  /** One person instead of several: picking replaces. */
  readonly isSingle?: boolean;
}

const SUGGESTED_MAX = 5;

/** People by their exact user name, and those known from shared chats by a part of theirs. */
export function PeoplePicker({ picked, onPick, excluded, field, isSingle = false }: PeoplePickerProps): ReactNode {
  const { t } = useTranslation('chats');
  const [name, setName] = useState('');
  const { find, isBusy, error, clearError } = useFinder();
  const suggestions = useSuggestions(name, new Set([...excluded, ...picked.map((user) => user.id)]));

  function pick(user: User): void {
    setName('');
    clearError();
    if (isSingle) onPick([user]);
    else if (!picked.some((one) => one.id === user.id)) onPick([...picked, user]);
  }

  async function findAndPick(): Promise<void> {
    const user = await find(name, excluded);
    if (user) pick(user);
  }

  return (
    <div className={styles['picker']}>
      {picked.length > 0 && (
        <ul className={styles['chips']} aria-label={t('people')}>
          {picked.map((user) => (
            <li key={user.id} className={styles['chip']}>
              <PersonAvatar user={user} size={22} />
              <span className={styles['chipName']}>{user.displayName}</span>
              <button
                type="button"
                className={styles['chipRemove']}
                aria-label={t('removeName', { name: user.displayName })}
                onClick={() => onPick(picked.filter((one) => one.id !== user.id))}
              >
                <X aria-hidden="true" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <TextField
        ref={field}
        label={t('findLabel')}
        hint={t('findHint')}
        error={error}
        value={name}
        autoCapitalize="none"
        autoComplete="off"
        spellCheck={false}
        onChange={(next) => {
          setName(next);
          clearError();
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
          event.preventDefault();
          void findAndPick();
        }}
        trail={
          <Button
            kind="quiet"
            size="s"
            isBusy={isBusy}
            disabled={name.trim() === ''}
            onClick={() => void findAndPick()}
          >
            {t('find')}
          </Button>
        }
      />
      {suggestions.length > 0 && (
        <ul className={styles['suggestions']} aria-label={t('people')}>
          {suggestions.map((user) => (
            <li key={user.id}>
              <button type="button" className={styles['person']} onClick={() => pick(user)}>
                <PersonAvatar user={user} size={36} />
                <span className={styles['names']}>
                  <span className={styles['name']}>
                    <bdi>{user.displayName}</bdi>
                  </span>
                  <span className={styles['userName']}>
                    <bdi dir="ltr">@{user.userName}</bdi>
                  </span>
                </span>
                <UserPlus aria-hidden="true" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function useSuggestions(name: string, excluded: ReadonlySet<UserId>): readonly User[] {
  const { me, sync } = useChats();
  const people = useStore(sync.people.store);
  const wanted = name.trim().toLocaleLowerCase();
  return [...people.values()]
    .filter(({ id }) => id !== me && !excluded.has(id))
    .filter(({ displayName, userName }) => `${displayName} ${userName}`.toLocaleLowerCase().includes(wanted))
    .toSorted((a, b) => a.displayName.localeCompare(b.displayName))
    .slice(0, SUGGESTED_MAX);
}

function useFinder() {
  const { t } = useTranslation('chats');
  const { me, actions } = useChats();
  const errorText = useErrorText();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string>();

  async function find(name: string, excluded: ReadonlySet<UserId>): Promise<User | undefined> {
    const userName = UserName.safeParse(name.trim().replace(/^@/, ''));
    if (!userName.success) {
      // No name looks like this, so nobody has it.
      setError(errorText(new ApiError('user-not-found')));
      return undefined;
    }
    setBusy(true);
    try {
      const user = await actions.findUser(userName.data);
      if (user.id === me) setError(t('thatIsYou'));
      else if (excluded.has(user.id)) setError(t('alreadyIn'));
      else return user;
    } catch (failure) {
      setError(errorText(failure));
    } finally {
      setBusy(false);
    }
    return undefined;
  }

  return { find, isBusy, error, clearError: () => setError(undefined) };
}
