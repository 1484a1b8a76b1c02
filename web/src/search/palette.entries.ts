import type { ChatSummary } from '@dialog/shared/chats';
import type { SearchHit } from '@dialog/shared/search';
import type { UserId } from '@dialog/shared/contract/values';
import type { User } from '@dialog/shared/users';
import { wordsIn } from '@dialog/shared/words';
import type { ReactNode } from 'react';

/** Something one can go to or do, by its name. */
export interface PaletteAct {
  readonly id: string;
  readonly label: string;
  /** Other words that it is found by. */
  readonly alsoFoundBy?: string;
  /** Below the label: where it leads. */
  readonly under?: string;
  /** Not offered before something is typed: one of many. */
  readonly isOnlyFound?: boolean;
  readonly icon: ReactNode;
  readonly run: () => void;
}

export type Entry =
  | { readonly kind: 'chat'; readonly id: string; readonly summary: ChatSummary }
  | { readonly kind: 'person'; readonly id: string; readonly user: User }
  | { readonly kind: 'act'; readonly id: string; readonly act: PaletteAct }
  | { readonly kind: 'hit'; readonly id: string; readonly hit: SearchHit }
  | { readonly kind: 'more'; readonly id: string };

export interface Group {
  readonly name: 'recent' | 'chats' | 'people' | 'acts' | 'messages';
  readonly entries: readonly Entry[];
}

interface Known {
  /** In the order of the chat list. */
  readonly summaries: readonly ChatSummary[];
  readonly titleOf: (summary: ChatSummary) => string;
  /** Without oneself. */
  readonly people: readonly User[];
  /** Whom the server found by exactly what was typed, be it a name they gave up. */
  readonly foundId?: UserId | undefined;
  readonly acts: readonly PaletteAct[];
  readonly hits: readonly SearchHit[];
  readonly hasMoreHits: boolean;
}

const CHATS_MAX = 5;
const PEOPLE_MAX = 4;
const ACTS_MAX = 6;
/** Fewer letters are rather the beginning of something else. */
const FOUND_BY_MIN = 4;

/** What is offered for what was typed; groups without entries are left out. */
export function groupsFor(question: string, known: Known): readonly Group[] {
  const { summaries, titleOf, people, acts, hits, hasMoreHits } = known;
  if (question.trim() === '')
    return grouped({
      recent: summaries.slice(0, CHATS_MAX).map(toChat),
      acts: acts.filter(({ isOnlyFound }) => isOnlyFound !== true).map(toAct),
    });
  const chats = summaries.filter((summary) => isNamed(`${titleOf(summary)} ${summary.peer?.userName ?? ''}`, question));
  const talkedTo = new Set(chats.map(({ peer }) => peer?.id));
  const persons = people
    .filter(
      ({ id, displayName, userName }) =>
        !talkedTo.has(id) && (id === known.foundId || isNamed(`${displayName} ${userName}`, question)),
    )
    .toSorted((a, b) => a.displayName.localeCompare(b.displayName));
  const more: Entry[] = hasMoreHits ? [{ kind: 'more', id: 'more' }] : [];
  return grouped({
    chats: chats.slice(0, CHATS_MAX).map(toChat),
    people: persons.slice(0, PEOPLE_MAX).map((user) => ({ kind: 'person', id: `person-${user.id}`, user })),
    acts: actsFor(acts, question).slice(0, ACTS_MAX).map(toAct),
    messages: [...hits.map((hit): Entry => ({ kind: 'hit', id: `hit-${hit.message.id}`, hit })), ...more],
  });
}

/** What is found by its name comes before what is found by other words. */
function actsFor(acts: readonly PaletteAct[], question: string): readonly PaletteAct[] {
  const found = acts.filter((act) => isActFor(act, question));
  return [
    ...found.filter(({ label }) => isNamed(label, question)),
    ...found.filter(({ label }) => !isNamed(label, question)),
  ];
}

function isActFor({ label, alsoFoundBy = '' }: PaletteAct, question: string): boolean {
  return isNamed(label, question) || (question.trim().length >= FOUND_BY_MIN && isNamed(alsoFoundBy, question));
}

/** Whether each word typed begins a word of the name, in any order. */
function isNamed(name: string, question: string): boolean {
  const names = wordsIn(name);
  return wordsIn(question).every((typed) => names.some(({ word }) => word.startsWith(typed.word)));
}

function grouped(entries: Partial<Record<Group['name'], readonly Entry[]>>): readonly Group[] {
  const names = ['recent', 'chats', 'people', 'acts', 'messages'] as const;
  return names.flatMap((name) => {
    const inGroup = entries[name] ?? [];
    return inGroup.length > 0 ? [{ name, entries: inGroup }] : [];
  });
}

function toChat(summary: ChatSummary): Entry {
  return { kind: 'chat', id: `chat-${summary.chat.id}`, summary };
}

function toAct(act: PaletteAct): Entry {
  return { kind: 'act', id: `act-${act.id}`, act };
}
