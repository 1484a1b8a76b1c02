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
} as const;
