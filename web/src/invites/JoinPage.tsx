import type { ChatId } from '@dialog/shared/contract/values';
import { Hourglass } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../platform/useAct.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { Button } from '../ui/Button.tsx';
import { Door, NoDoor } from '../ui/Door.tsx';
import type { Invites } from './invites.ts';
import styles from './JoinPage.module.css';

interface JoinPageProps {
  readonly code: string;
  readonly invites: Invites;
  /** In the group now. */
  readonly onJoined: (chatId: ChatId) => void;
  readonly onLeave: () => void;
  /** Whether this chat is in one's list: then somebody has let one in. */
  readonly isIn: (chatId: ChatId) => boolean;
}

type Found = Awaited<ReturnType<Invites['lookUp']>>;

/** What a link leads to, and going in. */
export function JoinPage({ code, invites, onLeave, ...rest }: JoinPageProps): ReactNode {
  const { t } = useTranslation('invites');
  const { act, error } = useAct();
  const [found, setFound] = useState<Found>();
  useEffect(() => {
    void act(async () => setFound(await invites.lookUp(code)));
    // oxlint-disable-next-line react/exhaustive-deps -- once for each link
  }, [code, invites]);
  if (found) return <GroupDoor {...rest} code={code} invites={invites} found={found} onLeave={onLeave} />;
  return <NoDoor title={t('cannotJoin')} error={error} leaveLabel={t('toChats')} onLeave={onLeave} />;
}

interface GroupDoorProps extends JoinPageProps {
  readonly found: Found;
}

function GroupDoor({ code, invites, found, onJoined, onLeave, isIn }: GroupDoorProps): ReactNode {
  const { t } = useTranslation('invites');
  const { act, isBusy, error } = useAct();
  const [state, setState] = useState(found.state);
  const { chatId, title, memberCount, description, needsApproval } = found;
  const isLetIn = isIn(chatId);

  async function join(): Promise<void> {
    await act(async () => {
      const joined = await invites.join(code);
      if (joined) onJoined(joined);
      else setState('asked');
    });
  }

  return (
    <Door
      picture={
        <Avatar
          name={title}
          id={chatId}
          size={96}
          isGroup
          picture={found.picture && `data:image/webp;base64,${found.picture}`}
        />
      }
      title={title}
      error={error}
      leaveLabel={t('toChats')}
      onLeave={onLeave}
    >
      <p className={styles['under']}>{t('members', { count: memberCount })}</p>
      {description !== undefined && (
        <p className={styles['description']} dir="auto">
          {description}
        </p>
      )}
      {isLetIn ? (
        <Button kind="primary" onClick={() => onJoined(chatId)}>
          {t('openChat')}
        </Button>
      ) : state === 'asked' ? (
        <output className={styles['asked']}>
          <Hourglass aria-hidden="true" />
          {t('asked')}
        </output>
      ) : (
        <Button kind="primary" isBusy={isBusy} onClick={() => void join()}>
          {t(needsApproval ? 'ask' : 'join')}
        </Button>
      )}
      {needsApproval && state === 'outside' && !isLetIn && <p className={styles['under']}>{t('askHint')}</p>}
    </Door>
  );
}
