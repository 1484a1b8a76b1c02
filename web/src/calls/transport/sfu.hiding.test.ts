import type { Room } from 'livekit-client';
import { expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { EMPTY_LIST } from '../../chats/chats.store.ts';
import type { ChatsState } from '../../chats/chats.sync.ts';
import { createHiding } from './sfu.hiding.ts';

interface FakePublication {
  isDesired: boolean;
  setSubscribed(isWanted: boolean): void;
}

interface FakeParticipant {
  readonly identity: string;
  readonly trackPublications: Map<string, FakePublication>;
}

/** A room as livekit-client has it, and whom I have blocked. */
function aRoom({ blocked = [] as readonly string[] } = {}) {
  const remoteParticipants = new Map<string, FakeParticipant>();
  const told: (readonly string[] | 'everyone')[] = [];
  const room = {
    remoteParticipants,
    localParticipant: {
      setTrackSubscriptionPermissions(isEveryone: boolean, allowed: readonly { participantIdentity: string }[]) {
        told.push(isEveryone ? 'everyone' : allowed.map(({ participantIdentity }) => participantIdentity).toSorted());
      },
    },
  };
  const store = createStore<ChatsState>(() => ({ list: listOf(blocked), isKnown: true, members: new Map() }));
  const hiding = createHiding(room as unknown as Room, { store });
  return {
    hiding,
    told,
    /** With a microphone that the media server sends by itself. */
    come(identity: string): FakePublication {
      const voice: FakePublication = {
        isDesired: true,
        setSubscribed: (isWanted) => void (voice.isDesired = isWanted),
      };
      remoteParticipants.set(identity, { identity, trackPublications: new Map([['voice', voice]]) });
      hiding.hide();
      return voice;
    },
    go(identity: string): void {
      remoteParticipants.delete(identity);
      hiding.hide();
    },
    /** These and no others. */
    block: (...users: readonly string[]): void => store.setState({ list: listOf(users) }),
  };
}

function listOf(blocked: readonly string[]): ChatsState['list'] {
  const relations = new Map(blocked.map((userId) => [userId, { isBlocked: true }]));
  return { ...EMPTY_LIST, relations: relations as unknown as typeof EMPTY_LIST.relations };
}

test('who has blocked somebody sends to nobody until it is known who is there, and then to those alone', () => {
  const { told, come, go } = aRoom({ blocked: ['anna'] });
  // Said before there is a way: nothing of mine goes ahead of it.
  expect(told).toEqual([[]]);
  come('ben:phone');
  expect(told.at(-1)).toEqual(['ben:phone']);
  come('anna:phone');
  expect(told).toHaveLength(2);
  come('clara:phone');
  expect(told.at(-1)).toEqual(['ben:phone', 'clara:phone']);
  go('ben:phone');
  expect(told.at(-1)).toEqual(['clara:phone']);
});

test('where nobody is blocked nothing is said, and everyone has everything at once', () => {
  const { told, come, hiding } = aRoom();
  const voice = come('anna:phone');
  expect([told, voice.isDesired, hiding.isHidden('anna:phone')]).toEqual([[], true, false]);
});

test('of whom I have blocked nothing is taken, on whatever device, from the moment they come until it is lifted', () => {
  const { come, block, told, hiding } = aRoom({ blocked: ['anna'] });
  const [phone, tablet, ben] = [come('anna:phone'), come('anna:tablet'), come('ben:phone')];
  expect([phone, tablet, ben].map(({ isDesired }) => isDesired)).toEqual([false, false, true]);
  expect(['anna:phone', 'ben:phone'].map(hiding.isHidden)).toEqual([true, false]);
  block();
  expect([phone, tablet, ben].map(({ isDesired }) => isDesired)).toEqual([true, true, true]);
  expect(told.at(-1)).toBe('everyone');
  block('ben');
  expect(ben.isDesired).toBe(false);
  expect(told.at(-1)).toEqual(['anna:phone', 'anna:tablet']);
  hiding.end();
  block();
  expect(ben.isDesired).toBe(false);
});

test('what does not come for other reasons, as a camera on a narrow link, is not asked for by the way', () => {
  const { come, block, hiding } = aRoom();
  const camera = come('anna:phone');
  camera.setSubscribed(false);
  hiding.hide();
  block('anna');
  block();
  expect(camera.isDesired).toBe(false);
});
