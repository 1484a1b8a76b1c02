import type { ChatId } from '@dialog/shared/contract/values';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newId } from '../platform/ids.ts';
import type { Pin } from './chats.arranging.repository.ts';
import { pinnedBelow } from './chats.pins.ts';

const ids = Array.from({ length: 8 }, () => newId<ChatId>());

function shown(pins: readonly Pin[]): ChatId[] {
  return pins.toSorted((a, b) => a.order - b.order).map((pin) => pin.chatId);
}

function applied(pins: readonly Pin[], orders: ReadonlyMap<ChatId, number>): Pin[] {
  const kept = pins.filter((pin) => !orders.has(pin.chatId));
  return [...kept, ...[...orders].map(([chatId, order]) => ({ chatId, order }))];
}

const aChat = fc.nat(ids.length - 1).map((at) => ids[at] as ChatId);

test('wherever a chat is put among the pinned ones it stands there, and the others keep their order', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ chatId: aChat, below: fc.option(aChat) }), { minLength: 1, maxLength: 40 }),
      (moves) => {
        let pins: readonly Pin[] = [];
        for (const { chatId, below } of moves) {
          const others = shown(pins).filter((id) => id !== chatId);
          pins = applied(pins, pinnedBelow(pins, chatId, below));
          expect(shown(pins)).toEqual(others.toSpliced(below ? others.indexOf(below) + 1 : 0, 0, chatId));
          expect(new Set(pins.map((pin) => pin.order)).size).toBe(pins.length);
        }
      },
    ),
  );
});

test('pinning at the top touches no other chat', () => {
  const pins = ids.slice(1).map((chatId, order) => ({ chatId, order }));
  expect(pinnedBelow(pins, ids[0] as ChatId, null)).toEqual(new Map([[ids[0], -1]]));
});
