import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ProfileActions } from '../profile.actions.ts';
import type { NamesTyped } from './namesTyped.ts';
import type { End } from './statusTimes.ts';

/** What somebody has chosen over the status that stands; undefined: nothing. */
export interface StatusTyped {
  readonly text?: string | undefined;
  /** Null: taken away. */
  readonly emoji?: string | null | undefined;
  readonly end: Partial<End>;
}

interface Typed {
  readonly names: NamesTyped;
  readonly status: StatusTyped;
}

const kept = new WeakMap<ProfileActions, StoreApi<Typed>>();

/** What was typed and not saved: there again for who comes back to the settings, as long as they are signed in. */
export function typedOf(session: ProfileActions): StoreApi<Typed> {
  const typed = kept.get(session) ?? createStore<Typed>(() => ({ names: {}, status: { end: {} } }));
  kept.set(session, typed);
  return typed;
}

/** What is left after the words were saved: more may have been typed meanwhile. */
export function statusSettled({ text }: StatusTyped, saved: string | undefined): StatusTyped {
  return { text: text === saved ? undefined : text, end: {} };
}
