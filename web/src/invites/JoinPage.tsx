import type { ChatId } from '@dialog/shared/contract/values';
import { Hourglass, Link2Off } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../platform/useAct.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Failure } from '../ui/Failure.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
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
  if (found) return <Door {...rest} code={code} invites={invites} found={found} onLeave={onLeave} />;
  if (error !== undefined) {
    return (
      <EmptyState
        icon={<Link2Off />}
        title={t('cannotJoin')}
        text={error}
        action={<Button onClick={onLeave}>{t('toChats')}</Button>}
      />
    );
  }
  return (
    <div className={styles['door']} aria-busy="true">
      <Skeleton width="96px" height="96px" isRound />
      <Skeleton width="200px" />
    </div>
  );
}

function Door({ code, invites, found, onJoined, onLeave, isIn }: JoinPageProps & { readonly found: Found }): ReactNode {
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
    <div className={styles['door']}>
      <Avatar
        name={title}
        id={chatId}
        size={96}
        isGroup
        picture={found.picture && `data:image/webp;base64,${found.picture}`}
      />
      <h1 className={styles['title']} dir="auto">
        {title}
      </h1>
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
      <Failure text={error} />
      <Button kind="quiet" onClick={onLeave}>
        {t('toChats')}
      </Button>
    </div>
  );
}
