import { searchRoutes } from '@dialog/shared/search';
import type { Router } from '../platform/http/router.ts';
import type { SearchService } from './search.service.ts';

export function serveSearch(router: Router, search: SearchService): void {
  router.serve(searchRoutes.searchMessages, ({ body }, caller) => search.searchMessages(caller.userId, body));
}
