import { type ChatHistory, trimmed } from './messages.store.ts';

/** Shown messages beyond which those far from the reader go: rows cost memory, and time whenever one of them changes. */
export const WINDOW_MAX = 500;
/** So many stay around the reader, far more than a screen in each direction. */
export const WINDOW_KEPT = 250;
/** What stays of the newest while one reads far above. */
const NEWEST_KEPT = 100;

/**
 * A long way through a chat keeps a window of it: what lies behind the reader goes, and is asked for when they come
 * back. Who reads far above the newest is on a detour from there on, as after a jump.
 */
export function narrowed(history: ChatHistory, towards: 'older' | 'newer'): ChatHistory {
  const shown = history.detour ?? history;
  if (shown.messages.length <= WINDOW_MAX) return history;
  return towards === 'newer' ? withoutOlder(history) : withoutNewer(history);
}

function withoutOlder(history: ChatHistory): ChatHistory {
  const { detour } = history;
  if (!detour) return trimmed(history, WINDOW_KEPT);
  const messages = detour.messages.slice(-WINDOW_KEPT);
  const [first] = messages;
  return first ? { ...history, detour: { ...detour, messages, from: first.position, hasOlder: true } } : history;
}

function withoutNewer(history: ChatHistory): ChatHistory {
  const { from, hasOlder, messages: all } = history.detour ?? history;
  const messages = all.slice(0, WINDOW_KEPT);
  const last = messages.at(-1);
  if (!last) return history;
  return {
    ...(history.detour ? history : trimmed(history, NEWEST_KEPT)),
    detour: { from, until: last.position, messages, hasOlder, hasNewer: true },
  };
}
