import type { ChatSummary } from '@dialog/shared/chats';
import { type ReactNode, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { lazy } from '../platform/late.ts';
import { ChatAvatar } from './ChatAvatar.tsx';
import { openPersonCard } from '../users/personCard.ts';
import { PictureButton } from '../users/PictureButton.tsx';
import { mayManage } from './members.store.ts';
import { useChats } from './useChats.ts';

const PictureDialog = lazy(async () => ({ default: (await import('../users/PictureDialog.tsx')).PictureDialog }));

const SIZE = 88;

/** The picture of a chat at the head of its details; who may change it presses it. */
export function GroupFace({ summary }: { readonly summary: ChatSummary }): ReactNode {
  const { t } = useTranslation('chats');
  const [isOpen, setOpen] = useState(false);
  const { groups } = useChats();
  const { chat, role, peer } = summary;
  if (peer)
    return (
      <PictureButton label={t('profileOf', { name: peer.displayName })} onClick={() => openPersonCard(peer.id)}>
        <ChatAvatar summary={summary} size={SIZE} />
      </PictureButton>
    );
  if (chat.kind !== 'group' || !mayManage(role)) return <ChatAvatar summary={summary} size={SIZE} />;
  return (
    <>
      <PictureButton label={t('pictureChange')} isChangeable onClick={() => setOpen(true)}>
        <ChatAvatar summary={summary} size={SIZE} />
      </PictureButton>
      <Suspense>
        {isOpen && (
          <PictureDialog
            isOpen
            onClose={() => setOpen(false)}
            title={t('picture')}
            hint={t('pictureHint')}
            hasPicture={chat.pictureId !== undefined}
            onSave={(picture) => groups.setPicture(chat.id, picture)}
            onRemove={() => groups.removePicture(chat.id)}
          />
        )}
      </Suspense>
    </>
  );
}
