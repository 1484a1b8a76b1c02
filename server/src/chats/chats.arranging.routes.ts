import { arrangingRoutes } from '@dialog/shared/chats.arranging';
import type { Router } from '../platform/http/router.ts';
import type { Arranging } from './chats.arranging.ts';
import type { FolderService } from './chats.folders.ts';
import type { ChatService } from './chats.service.ts';

interface Served {
  readonly chats: ChatService;
  readonly arranging: Arranging;
  readonly folders: FolderService;
}

export function serveArranging(router: Router, { chats, arranging, folders }: Served): void {
  router.serve(arrangingRoutes.openNotes, (_, caller) => chats.openNotes(caller.userId));
  router.serve(arrangingRoutes.arrangeChat, ({ params, body }, { userId }) =>
    arranging.arrangeChat({ ...params, userId }, body),
  );
  router.serve(arrangingRoutes.saveDraft, ({ params, body }, { userId }) =>
    arranging.saveDraft({ ...params, userId }, body),
  );
  router.serve(arrangingRoutes.createFolder, ({ body }, { userId }) => folders.createFolder(userId, body));
  router.serve(arrangingRoutes.changeFolder, ({ params, body }, { userId }) =>
    folders.changeFolder(userId, params.folderId, body),
  );
  router.serve(arrangingRoutes.removeFolder, ({ params }, { userId }) => folders.removeFolder(userId, params.folderId));
}
