import type { Router } from '../platform/http/router.ts';
import type { Jobs } from '../platform/jobs/jobs.ts';
import { cursorRepository } from './messages.cursors.repository.ts';
import { markRepository } from './messages.marks.repository.ts';
import { messageRepository } from './messages.repository.ts';
import { createThreadFollowing } from './messages.threads.following.ts';
import { threadRepository } from './messages.threads.repository.ts';
import { serveThreads } from './messages.threads.routes.ts';
import { createThreads, type ThreadsDeps } from './messages.threads.ts';

interface Deps extends Pick<ThreadsDeps, 'db' | 'chats' | 'open' | 'summaries' | 'read' | 'tellPerson'> {
  readonly jobs: Jobs;
  readonly router: Router;
}

/** All of threads in one piece. */
export function createThreadFeature({ jobs, router, ...deps }: Deps) {
  const threads = createThreads({
    ...deps,
    messages: messageRepository,
    marks: markRepository,
    cursors: cursorRepository,
    repository: threadRepository,
  });
  serveThreads(router, threads);
  const following = createThreadFollowing({ threads, jobs });
  return { repository: threadRepository, repliesRemoved: threads.repliesRemoved, ...following };
}
