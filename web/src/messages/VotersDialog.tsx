import type { Message } from '@dialog/shared/messages';
import type { User } from '@dialog/shared/users';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '../platform/useErrorText.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import styles from './dialogs.module.css';
import { usePolls } from './usePolls.ts';

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
  const { t } = useTranslation('messages');
  const polls = usePolls();
  const errorText = useErrorText();
  const [people, setPeople] = useState<readonly User[]>([]);
  const [hasMore, setMore] = useState(false);
  const [failure, setFailure] = useState<string>();

  useEffect(() => {
    let isGone = false;
    polls.listVoters(message, option, undefined).then(
      (page) => {
        if (isGone) return;
        setPeople(page.people);
        setMore(page.hasMore);
      },
      (error: unknown) => !isGone && setFailure(errorText(error)),
    );
    return () => {
      isGone = true;
    };
    // oxlint-disable-next-line react/exhaustive-deps -- as it was when it opened
  }, [polls, message.id, option]);

  async function more(): Promise<void> {
    try {
      const page = await polls.listVoters(message, option, people.at(-1)?.id);
      setPeople([...people, ...page.people]);
      setMore(page.hasMore);
    } catch (error) {
      setFailure(errorText(error));
    }
  }

  return (
    <section>
      <h3 className={styles['partTitle']} dir="auto">
        {title}
      </h3>
      <ul className={styles['people']}>
        {people.map(({ id, displayName }) => (
          <li key={id} className={styles['person']}>
            <Avatar name={displayName} id={id} size={30} />
            <bdi>{displayName}</bdi>
          </li>
        ))}
      </ul>
      {hasMore && (
        <Button kind="quiet" size="s" onClick={() => void more()}>
          {t('showMore')}
        </Button>
      )}
      {failure !== undefined && (
        <p className={styles['error']} role="alert">
          {failure}
        </p>
      )}
    </section>
  );
}
