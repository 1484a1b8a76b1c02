import type { Message } from '@dialog/shared/messages';
import type { User } from '@dialog/shared/users';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { usePagedList } from '../platform/usePagedList.ts';
import { PersonAvatar } from '../users/PersonAvatar.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import styles from './dialogs.module.css';
import { usePolls } from './usePolls.ts';
import { ListEnd } from '../ui/ListEnd.tsx';

interface VotersDialogProps {
  readonly message: Message;
  readonly onClose: () => void;
}

/** Who voted for what. */
export function VotersDialog({ message, onClose }: VotersDialogProps): ReactNode {
  const { t } = useTranslation('messages');
  const { content, poll } = message;
  if (content.kind !== 'poll') return null;
  return (
    <Dialog isOpen onClose={onClose} title={t('pollShowVoters')} description={content.question}>
      <div className={styles['parts']}>
        {content.options.map((text, option) => {
          const count = poll?.counts[option] ?? 0;
          // oxlint-disable-next-line react/no-array-index-key -- options stay as and where they are
          return count > 0 && <Voters key={option} message={message} option={option} title={text} />;
        })}
      </div>
    </Dialog>
  );
}

interface VotersProps extends Pick<VotersDialogProps, 'message'> {
  readonly option: number;
  readonly title: string;
}

function Voters({ message, option, title }: VotersProps): ReactNode {
  const polls = usePolls();
  const list = usePagedList<User>(async (last) => {
    const { people, hasMore } = await polls.listVoters(message, option, last?.id);
    return { items: people, hasMore };
  });
  const { items, load } = list;
  useEffect(() => void load(), [load]);

  return (
    <section>
      <h3 className={styles['partTitle']} dir="auto">
        {title}
      </h3>
      <ul className={styles['people']}>
        {items?.map((user) => (
          <li key={user.id} className={styles['person']}>
            <PersonAvatar user={user} size={30} />
            <bdi>{user.displayName}</bdi>
          </li>
        ))}
      </ul>
      <ListEnd list={list} />
    </section>
  );
}
