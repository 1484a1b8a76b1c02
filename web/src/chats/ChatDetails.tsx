import type { ChatSummary } from '@dialog/shared/chats';
import type { ChatId } from '@dialog/shared/contract/values';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../ui/IconButton.tsx';
import styles from './ChatDetails.module.css';
import { GroupDetails } from './GroupDetails.tsx';
import { GroupFace } from './GroupFace.tsx';
import { LifetimeSetting } from './LifetimeSetting.tsx';
import { useChatTitle, useSummary, useUnderTitle } from './useChats.ts';

interface ChatDetailsProps {
  readonly chatId: ChatId;
  readonly onClose?: () => void;
  /** Another chat is to be shown: with a member, or none after leaving. */
  readonly onOpen: (chatId: ChatId | undefined) => void;
  /** What later features have to say in the details of a group, or of the other person. */
  readonly renderRows: (summary: ChatSummary) => ReactNode;
  /** What was sent in it. */
  readonly children?: ReactNode;
}

/** Who and what a chat is, and what one may change about it. */
export function ChatDetails({ chatId, onClose, onOpen, renderRows, children }: ChatDetailsProps): ReactNode {
  const { t } = useTranslation('chats');
  const summary = useSummary(chatId);
  if (!summary) return null;
  return (
    <div className={styles['details']}>
      <header className={styles['bar']}>
        <h2 className={styles['barTitle']}>{t('details')}</h2>
        {onClose && (
          <IconButton label={t('close')} onClick={onClose}>
            <X />
          </IconButton>
        )}
      </header>
      <div className={styles['scroll']}>
        <Head summary={summary} />
        {summary.chat.kind === 'direct' && renderRows(summary)}
        <LifetimeSetting summary={summary} />
        {children}
        {summary.chat.kind === 'group' && <GroupDetails summary={summary} onOpen={onOpen} rows={renderRows(summary)} />}
      </div>
    </div>
  );
}

function Head({ summary }: { readonly summary: ChatSummary }): ReactNode {
  const { peer } = summary;
  const title = useChatTitle()(summary);
  const under = useUnderTitle(summary);
  return (
    <div className={styles['head']}>
      <GroupFace summary={summary} />
      <h3 className={styles['title']} dir="auto">
        {title}
      </h3>
      <p className={styles['under']}>{under}</p>
      {peer && (
        <p className={styles['under']}>
          <bdi dir="ltr">@{peer.userName}</bdi>
        </p>
      )}
    </div>
  );
}
