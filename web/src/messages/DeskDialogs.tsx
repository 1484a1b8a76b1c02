import type { ChatSummary } from '@dialog/shared/chats';
import type { ChatId } from '@dialog/shared/contract/values';
import { type ReactNode } from 'react';
import { useAttachments } from '../attachments/useAttachments.ts';
import { lazy } from '../platform/late.ts';
import { DateDialog } from './DateDialog.tsx';
import { DeleteDialog } from './DeleteDialog.tsx';
import { ForwardDialog } from './ForwardDialog.tsx';
import { MessageDetailsDialog } from './MessageDetailsDialog.tsx';
import type { DeskDialog } from './messages.desk.ts';
import { PinsDialog } from './PinsDialog.tsx';
import { PollDialog } from './PollDialog.tsx';
import { VotersDialog } from './VotersDialog.tsx';
import { ScheduleNewDialog } from './ScheduleDialog.tsx';
import { ScheduledDialog } from './ScheduledDialog.tsx';
import { useDesk } from './useDesk.ts';
import { useMessages } from './useMessages.ts';

/** All emoji come with it. */
const ReactDialog = lazy(async () => ({ default: (await import('./ReactDialog.tsx')).ReactDialog }));

interface DeskDialogsProps {
  readonly summary: ChatSummary;
  readonly dialog: DeskDialog;
}

/** What is asked or shown above the conversation; one at a time, and its code only then. */
export function DeskDialogs({ summary, dialog }: DeskDialogsProps): ReactNode {
  const desk = useDesk();
  const { drafts } = useMessages();
  const { trays } = useAttachments();
  const onClose = (): void => desk.setState({ dialog: null });
  const { chat } = summary;
  if (dialog.kind === 'delete') return <DeleteDialog summary={summary} messages={dialog.messages} onClose={onClose} />;
  if (dialog.kind === 'forward') return <ForwardDialog chatId={chat.id} messages={dialog.messages} onClose={onClose} />;
  if (dialog.kind === 'details') return <MessageDetailsDialog message={dialog.message} onClose={onClose} />;
  if (dialog.kind === 'react') return <ReactDialog message={dialog.message} onClose={onClose} />;
  if (dialog.kind === 'date') return <DateDialog chatId={chat.id} onClose={onClose} />;
  if (dialog.kind === 'scheduled') return <ScheduledDialog chatId={chat.id} onClose={onClose} />;
  if (dialog.kind === 'schedule') {
    const onScheduled = (): void => {
      drafts.write(chat.id, '');
      trays.empty(chat.id);
      desk.setState({ task: { kind: 'new' } });
    };
    return <ScheduleNewDialog chatId={chat.id} words={dialog.words} onClose={onClose} onScheduled={onScheduled} />;
  }
  return <MoreDialogs chatId={chat.id} dialog={dialog} onClose={onClose} />;
}

interface MoreDialogsProps {
  readonly chatId: ChatId;
  readonly dialog: Extract<DeskDialog, { kind: 'poll' | 'voters' | 'pins' }>;
  readonly onClose: () => void;
}

function MoreDialogs({ chatId, dialog, onClose }: MoreDialogsProps): ReactNode {
  if (dialog.kind === 'poll') return <PollDialog chatId={chatId} onClose={onClose} />;
  if (dialog.kind === 'voters') return <VotersDialog message={dialog.message} onClose={onClose} />;
  return <PinsDialog chatId={chatId} onClose={onClose} />;
}
