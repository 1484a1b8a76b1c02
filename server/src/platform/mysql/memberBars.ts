import { MESSAGE_LIFETIMES, type MessageLifetime } from '@dialog/shared/messages.values';

/**
 * What stands between one person and the other of their direct chat, as bits of the member's row (`members.bars`), so that
 * the writer reads it with the sender it holds anyway. Made from relations and settings; several can stand at once.
 */
export const BARS = {
  /** This person has blocked the other: they do not hear of the chat, and do not write in it. */
  blocks: 1,
  /** The other has blocked this person: what they say is theirs alone. */
  withheld: 2,
  /** The other does not take messages of this person. */
  refused: 4,
  /** Something was said in the chat that this person is never to hear: their unread messages are counted without it. */
  missed: 8,
  /**
   * In those who block: which lifetime messages had before the one they block chose another, which is not so to them.
   * 0: as the chat has it; 1: none; from 2 on: by its place among all lifetimes.
   */
  keptLifetime: 0x70,
} as const;

const LIFETIME_SHIFT = 4;

/** The bits that keep this lifetime. */
export function barsKeeping(seconds: MessageLifetime | null): number {
  return (seconds === null ? 1 : MESSAGE_LIFETIMES.indexOf(seconds) + 2) << LIFETIME_SHIFT;
}

/** The lifetime that these bits keep; else that of the chat. */
export function keptLifetimeOf(bars: number, ofChat: MessageLifetime | null): MessageLifetime | null {
  const code = (bars & BARS.keptLifetime) >> LIFETIME_SHIFT;
  return code === 0 ? ofChat : (MESSAGE_LIFETIMES[code - 2] ?? null);
}
