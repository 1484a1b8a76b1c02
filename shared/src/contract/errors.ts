/**
 * Every way an act can fail on purpose, with its HTTP status. Anything else is a bug and becomes `internal`.
 * Strangers get `…-not-found`, never `not-allowed`: whether a thing exists is its members' business.
 */
export const ERROR_STATUS = {
  'invalid-request': 400,
  'not-signed-in': 401,
  'wrong-credentials': 401,
  'wrong-proof': 401,
  'wrong-recovery-code': 401,
  'challenge-over': 401,
  'passkey-unknown': 401,
  'not-allowed': 403,
  'confirmation-needed': 403,
  'announcement-only': 403,
  'not-reachable': 403,
  'blocked-by-you': 403,
  'removed-from-call': 403,
  'wrong-origin': 403,
  'chat-not-found': 404,
  'user-not-found': 404,
  'member-not-found': 404,
  'message-not-found': 404,
  'call-not-found': 404,
  'folder-not-found': 404,
  'session-not-found': 404,
  'passkey-not-found': 404,
  'attachment-not-found': 404,
  'gif-not-found': 404,
  'invite-not-found': 404,
  'link-not-found': 404,
  'request-not-found': 404,
  'emoji-not-found': 404,
  'route-not-found': 404,
  'link-over': 404,
  'mail-link-over': 404,
  'user-name-taken': 409,
  'already-a-member': 409,
  'email-taken': 409,
  'link-used': 409,
  'link-refused': 409,
  'id-taken': 409,
  'last-owner': 409,
  'group-full': 409,
  'member-banned': 409,
  'emoji-name-taken': 409,
  'too-many-invites': 409,
  'too-many-reactions': 409,
  'too-many-pins': 409,
  'too-many-scheduled': 409,
  'poll-closed': 409,
  'attachment-not-ready': 409,
  'upload-moved': 409,
  'limit-reached': 409,
  'user-name-too-soon': 409,
  'already-on': 409,
  'answered-elsewhere': 409,
  'too-large': 413,
  'file-too-large': 413,
  'password-too-short': 422,
  'password-too-common': 422,
  'picture-refused': 422,
  'passkeys-unavailable': 422,
  'too-far-ahead': 422,
  'file-infected': 422,
  'push-service-refused': 422,
  'upload-busy': 423,
  'slow-mode': 429,
  'rate-limited': 429,
  internal: 500,
  'calls-unavailable': 503,
  'ringing-unavailable': 503,
  'gifs-unavailable': 503,
  'scanner-unavailable': 503,
  busy: 503,
  'quota-used-up': 507,
  'storage-full': 507,
} as const;

export type ErrorCode = keyof typeof ERROR_STATUS;

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Object.keys forgets what it was given
export const ERROR_CODES = Object.keys(ERROR_STATUS) as [ErrorCode, ...ErrorCode[]];

/** How an operator should hear of it: `info` is people's everyday, `warn` a dependency, `error` a bug. */
export function logLevelOf(code: ErrorCode): 'info' | 'warn' | 'error' {
  if (code === 'internal') return 'error';
  return ERROR_STATUS[code] >= 500 ? 'warn' : 'info';
}
