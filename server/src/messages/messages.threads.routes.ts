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
  router.serve(threadRoutes.listThread, ({ params: { chatId }, query }, { userId }) =>
    threads.open({ userId, chatId, root: Number(query.root) }, whenceOf(query)),
  );
  router.serve(threadRoutes.followThread, async ({ params: { chatId }, body }, { userId }) => ({
    mark: await threads.follow({ userId, chatId, root: body.root }, body.isOn),
  }));
  router.serve(threadRoutes.markThreadRead, async ({ params: { chatId }, body }, { userId }) => ({
    mark: await threads.markRead({ userId, chatId, root: body.root }, body.position),
  }));
}

function whenceOf({ before, after, around }: { [K in 'before' | 'after' | 'around']?: string | undefined }): Whence {
  if (around !== undefined) return { kind: 'around', position: Number(around) };
  if (after !== undefined) return { kind: 'after', position: Number(after) };
  return before === undefined ? { kind: 'newest' } : { kind: 'before', position: Number(before) };
}
