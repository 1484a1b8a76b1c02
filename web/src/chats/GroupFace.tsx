import type { ChatSummary } from '@dialog/shared/chats';
import { Camera } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ChatAvatar } from './ChatAvatar.tsx';
import styles from './GroupFace.module.css';
import { mayManage } from './members.store.ts';

const PictureDialog = lazy(async () => ({ default: (await import('./PictureDialog.tsx')).PictureDialog }));

const SIZE = 88;

/** The picture of a chat at the head of its details; who may change it presses it. */
export function GroupFace({ summary }: { readonly summary: ChatSummary }): ReactNode {
  const { t } = useTranslation('chats');
  const [isOpen, setOpen] = useState(false);
  const { chat, role } = summary;
  if (chat.kind !== 'group' || !mayManage(role)) return <ChatAvatar summary={summary} size={SIZE} />;
  return (
    <>
      <button type="button" className={styles['face']} aria-label={t('pictureChange')} onClick={() => setOpen(true)}>
        <ChatAvatar summary={summary} size={SIZE} />
        <span className={styles['camera']} aria-hidden="true">
          <Camera />
        </span>
      </button>
      <Suspense>{isOpen && <PictureDialog isOpen onClose={() => setOpen(false)} chat={chat} />}</Suspense>
    </>
  );
}
