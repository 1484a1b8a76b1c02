import type { UserId } from '@dialog/shared/contract/values';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { useChats } from '../chats/useChats.ts';
import { BlockDialog } from '../people/BlockDialog.tsx';
import { usePeople } from '../people/usePeople.ts';

interface BlockSenderDialogProps {
  readonly userId: UserId;
  readonly onClose: () => void;
}

/** From one of their messages. */
export function BlockSenderDialog({ userId, onClose }: BlockSenderDialogProps): ReactNode {
  const people = usePeople();
  const user = useStore(useChats().sync.people.store, (known) => known.get(userId));
  return people && user && <BlockDialog isOpen onClose={onClose} user={user} people={people} />;
}
