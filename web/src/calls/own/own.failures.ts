import { ApiError, type ApiErrorCode } from '../../platform/api.ts';
import type { CallFailure } from '../call.store.ts';
import { CannotSeal, canSeal } from '../sealing/cannotSeal.ts';

/** Why there was no way into a call. */
export function failureOf(failure: unknown): CallFailure {
  if (failure instanceof CannotSeal) return 'no-sealing';
  return failure instanceof ApiError ? failure.code : 'no-media';
}

/** Said at once, and not after a press. */
export function knownFailure(going: { readonly isSealed?: boolean | undefined } | null): CallFailure | null {
  return going?.isSealed && !canSeal() ? 'no-sealing' : null;
}

const BLOCKS: ReadonlySet<ApiErrorCode> = new Set(['blocked-by-you', 'not-reachable']);
const OVER: ReadonlySet<ApiErrorCode> = new Set(['call-not-found', 'removed-from-call', ...BLOCKS]);

/** Between the two of a call: it is over for both. */
export function isBlock(failure: unknown): boolean {
  return failure instanceof ApiError && BLOCKS.has(failure.code);
}

/** Asking again is of no use. */
export function isForGood(failure: unknown): boolean {
  return failure instanceof ApiError && OVER.has(failure.code);
}
