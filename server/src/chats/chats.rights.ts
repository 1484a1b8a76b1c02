import type { Role } from '@dialog/shared/chats';
import { AppError } from '../platform/appError.ts';
import type { ChatChange } from './chats.change.ts';

/** What an act asks of the one who acts, under the chat's lock. */
export function requireGroup(change: ChatChange): void {
  if (change.chat().kind !== 'group') throw new AppError('not-allowed', 'only a group can be changed');
}

export function requireRole(change: ChatChange, roles: readonly Role[]): void {
  if (!change.actorRole || !roles.includes(change.actorRole)) throw new AppError('not-allowed', 'needs another role');
}

export function requireGroupManager(change: ChatChange): void {
  requireGroup(change);
  requireRole(change, ['owner', 'admin']);
}
