import type { Ring } from '@dialog/shared/calls.ring.values';
import { CallId } from '@dialog/shared/contract/values';
import { uuidv7 } from 'uuidv7';
import { expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { aChatId, aUserId } from '../../testing/ids.ts';
import { replaceNotices } from './rings.notices.ts';
import { NOTHING_RINGS, type RingsState } from './rings.state.ts';
import { withoutRing, withRing } from './rings.store.ts';

const aRing = (): Ring => ({
  ...{ callId: CallId.parse(uuidv7()), chatId: aChatId(1), from: aUserId(2), isVideo: false },
  expiresAt: '2026-01-01T00:00:45.000Z',
});

function aPage(isLookedAt: boolean) {
  const store = createStore<RingsState>(() => NOTHING_RINGS);
  const held = new Set<string>();
  const withdrawn: string[] = [];
  let sees = isLookedAt;
  let changed = (): void => {};
  const stop = replaceNotices({
    store,
    hold(name) {
      held.add(name);
      return () => held.delete(name);
    },
    sight: {
      isLookedAt: () => sees,
      onChange(hear) {
        changed = hear;
        return () => {};
      },
    },
    withdraw: (callId) => void withdrawn.push(callId),
  });
  return {
    ...{ held, withdrawn, stop },
    begin: (ring: Ring) => store.setState(withRing(store.getState(), ring)),
    end: ({ callId }: Ring) => store.setState(withoutRing(store.getState(), callId)),
    turnTo(isSeen: boolean) {
      sees = isSeen;
      changed();
    },
  };
}

test('a page that rings says so under the tag of the notification, and no longer than it rings', () => {
  const page = aPage(true);
  const [one, other] = [aRing(), aRing()];
  page.begin(one);
  page.begin(other);
  expect([...page.held]).toEqual([`call:${one.callId}`, `call:${other.callId}`]);
  page.end(one);
  expect([...page.held]).toEqual([`call:${other.callId}`]);
  page.stop();
  expect(page.held.size).toBe(0);
});

test('what was shown before goes once the page that rings is looked at, and not before', () => {
  const seen = aPage(true);
  const ring = aRing();
  seen.begin(ring);
  expect(seen.withdrawn).toEqual([ring.callId]);

  const hidden = aPage(false);
  hidden.begin(ring);
  hidden.turnTo(false);
  expect(hidden.withdrawn).toEqual([]);
  hidden.turnTo(true);
  expect(hidden.withdrawn).toEqual([ring.callId]);
});
