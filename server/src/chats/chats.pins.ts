import type { ChatId } from '@dialog/shared/contract/values';
import type { Pin } from './chats.arranging.repository.ts';

/**
 * Puts a chat below another among the pinned ones, or above all, and answers the orders that change by it: at the top
 * only its own, further down those it pushes along.
 */
export function pinnedBelow(pins: readonly Pin[], chatId: ChatId, below: ChatId | null): ReadonlyMap<ChatId, number> {
  const others = pins.filter((pin) => pin.chatId !== chatId).toSorted((a, b) => a.order - b.order);
  // One that is pinned no longer, on another device, stands nowhere: then above all.
  const at = others.findIndex((pin) => pin.chatId === below) + 1;
  const above = others[at - 1];
  if (!above) return new Map([[chatId, (others[0]?.order ?? 1) - 1]]);
  const orders = new Map([[chatId, above.order + 1]]);
  let last = above.order + 1;
  for (const pin of others.slice(at)) {
    if (pin.order > last) break;
    last += 1;
    orders.set(pin.chatId, last);
  }
  return orders;
}
