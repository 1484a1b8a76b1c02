import { ApiError } from '../platform/api.ts';

/** Makes being offline the absence of an answer: who follows something asks again at the next connection. */
export function unlessOffline(failure: unknown): undefined {
  if (failure instanceof ApiError && failure.code === 'offline') return undefined;
  throw failure;
}
