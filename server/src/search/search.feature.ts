import type { Router } from '../platform/http/router.ts';
import type { Log } from '../platform/log/log.ts';
import { createSearchIndexer } from './search.indexer.ts';
import { searchRepository } from './search.repository.ts';
import { serveSearch } from './search.routes.ts';
import { createSearchService } from './search.service.ts';
import { createSearchTerms } from './search.tokens.ts';
import { createSearchWorker } from './search.worker.ts';

type ServiceDeps = Parameters<typeof createSearchService>[0];
type IndexerDeps = Parameters<typeof createSearchIndexer>[0];

interface Deps extends Omit<ServiceDeps & IndexerDeps, 'repository' | 'terms' | 'messagesAtOnce'> {
  readonly masterKey: Buffer;
  readonly router: Router;
  readonly log: Log;
}

export type SearchFeature = ReturnType<typeof createSearchFeature>;

/** All of search on the server, put together. */
export function createSearchFeature({ masterKey, router, log, ...deps }: Deps) {
  const repository = searchRepository;
  const terms = createSearchTerms(masterKey);
  const indexer = createSearchIndexer({ ...deps, repository, terms });
  const worker = createSearchWorker({ db: deps.db, repository, indexer, log });
  const service = createSearchService({ ...deps, repository, terms });
  serveSearch(router, service);
  return {
    chatChanged: worker.changed,
    textsRemoved: service.removeAll,
    textsCleared: service.removeUpTo,
    /** Answers how to stop. */
    start(): () => Promise<void> {
      worker.start();
      return worker.stop;
    },
  };
}
