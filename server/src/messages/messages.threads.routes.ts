import { threadRoutes } from '@dialog/shared/messages.threads';
import type { Router } from '../platform/http/router.ts';
import type { Threads, Whence } from './messages.threads.ts';

export function serveThreads(router: Router, threads: Threads): void {
  router.serve(threadRoutes.listThreads, ({ params: { chatId }, query }, { userId }) =>
    threads.list(
      { userId, chatId },
      { before: query.before === undefined ? null : Number(query.before), isFollowing: query.following === 'true' },
    ),
  );
  router.serve(threadRoutes.listThread, ({ params: { chatId, root }, query }, { userId }) =>
    threads.open({ userId, chatId, root: Number(root) }, whenceOf(query)),
  );
  router.serve(threadRoutes.followThread, async ({ params: { chatId, root }, body }, { userId }) => ({
    mark: await threads.follow({ userId, chatId, root: Number(root) }, body.isOn),
  }));
  router.serve(threadRoutes.markThreadRead, async ({ params: { chatId, root }, body }, { userId }) => ({
    mark: await threads.markRead({ userId, chatId, root: Number(root) }, body.position),
  }));
}

function whenceOf({ before, after, around }: { [K in 'before' | 'after' | 'around']?: string | undefined }): Whence {
  if (around !== undefined) return { kind: 'around', position: Number(around) };
  if (after !== undefined) return { kind: 'after', position: Number(after) };
  return before === undefined ? { kind: 'newest' } : { kind: 'before', position: Number(before) };
}
