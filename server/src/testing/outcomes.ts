/** What owner, member, former member, stranger, blocked and signed-out people are answered, in this order. */

export const OUT = 'not-signed-in';
export const ANYONE = ['ok', 'ok', 'ok', 'ok', 'ok', 'ok'] as const;
export const SIGNED_IN = ['ok', 'ok', 'ok', 'ok', 'ok', OUT] as const;
/** Finds whom one who is blocked by them does not. */
export const ANYONE_SIGNED_IN_BUT_BLOCKED = ['ok', 'ok', 'ok', 'ok', 'nothing', OUT] as const;
export const MEMBERS = ['ok', 'ok', 'chat-not-found', 'chat-not-found', 'chat-not-found', OUT] as const;
export const FILES = ['ok', 'ok', 'attachment-not-found', 'attachment-not-found', 'attachment-not-found', OUT] as const;
export const OWNER = ['ok', 'not-allowed', 'chat-not-found', 'chat-not-found', 'chat-not-found', OUT] as const;
export const CALLERS = ['ok', 'ok', 'call-not-found', 'call-not-found', 'call-not-found', OUT] as const;
export const MY_FOLDER = [
  'ok',
  'folder-not-found',
  'folder-not-found',
  'folder-not-found',
  'folder-not-found',
  OUT,
] as const;
export const NOT_THERE = [
  'ok',
  'session-not-found',
  'session-not-found',
  'session-not-found',
  'session-not-found',
  OUT,
] as const;
