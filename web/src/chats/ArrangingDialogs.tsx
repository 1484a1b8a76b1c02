import type { ChatId } from '@dialog/shared/contract/values';
import { type ReactNode, Suspense } from 'react';
import { lazy } from '../platform/late.ts';
import { useEverTrue } from '../ui/useEverTrue.ts';
import type { ArrangingQuestion } from './ChatMenuItems.tsx';

const MuteDialog = lazy(async () => ({ default: (await import('./MuteDialog.tsx')).MuteDialog }));
const ClearDialog = lazy(async () => ({ default: (await import('./ClearDialog.tsx')).ClearDialog }));
const ChatFoldersDialog = lazy(async () => ({ default: (await import('./FolderDialogs.tsx')).ChatFoldersDialog }));

interface ArrangingDialogsProps {
  readonly chatId: ChatId;
  readonly question: ArrangingQuestion | undefined;
  readonly onClose: () => void;
}

/** The dialogs of a chat's menu. They outlive the menu, which closes when one of them is asked for. */
export function ArrangingDialogs({ chatId, question, onClose }: ArrangingDialogsProps): ReactNode {
  const wasMute = useEverTrue(question === 'mute');
  const wasClear = useEverTrue(question === 'clear');
  const wasFolders = useEverTrue(question === 'folders');
  return (
    <Suspense>
      {wasMute && <MuteDialog chatId={chatId} isOpen={question === 'mute'} onClose={onClose} />}
      {wasClear && <ClearDialog chatId={chatId} isOpen={question === 'clear'} onClose={onClose} />}
      {wasFolders && <ChatFoldersDialog chatId={chatId} isOpen={question === 'folders'} onClose={onClose} />}
    </Suspense>
  );
}
