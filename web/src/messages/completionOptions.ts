import type { UserId } from '@dialog/shared/contract/values';
import type { User } from '@dialog/shared/users';
import type { OwnEmoji } from '../emoji/ownEmoji.ts';
import type { Shortcode } from '../emoji/shortcodes.ts';
import { EVERYONE_NAME } from './mentionText.ts';

/** Something that what is being written may become. */
export type Option =
  | { readonly kind: 'person'; readonly user: User }
  | { readonly kind: 'everyone' }
  | ({ readonly kind: 'emoji' } & Shortcode)
  | { readonly kind: 'own'; readonly emoji: OwnEmoji };

/** More would cover the conversation. */
export const OPTIONS_MAX = 8;

interface PeopleInput {
  readonly users: readonly User[];
  readonly me: UserId;
  readonly query: string;
  /** What everyone is called in the language of the page; undefined where they may not be called. */
  readonly everyone: string | undefined;
}

/** People whose user name, or a part of whose name, begins with what is written; everyone last. */
export function personOptions({ users, me, query, everyone }: PeopleInput): readonly Option[] {
  const wanted = query.toLocaleLowerCase();
  const people = users
    .filter((user) => user.id !== me && beginsWith(user, wanted))
    .map((user): Option => ({ kind: 'person', user }));
  const isEveryone =
    everyone !== undefined && [EVERYONE_NAME, everyone].some((name) => name.toLocaleLowerCase().startsWith(wanted));
  return [...people.slice(0, isEveryone ? OPTIONS_MAX - 1 : OPTIONS_MAX), ...(isEveryone ? [EVERYONE_OPTION] : [])];
}

const EVERYONE_OPTION: Option = { kind: 'everyone' };

function beginsWith({ userName, displayName }: User, wanted: string): boolean {
  const name = displayName.toLocaleLowerCase();
  return userName.startsWith(wanted) || name.startsWith(wanted) || name.includes(` ${wanted}`);
}

/** What is written instead. */
export function writtenAs(option: Option): string {
  if (option.kind === 'emoji') return option.emoji;
  if (option.kind === 'own') return `:${option.emoji.name}: `;
  return `@${option.kind === 'everyone' ? EVERYONE_NAME : option.user.userName} `;
}
