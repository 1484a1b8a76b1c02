import { expect, test } from 'vitest';
import { aParticipant, aVideo } from '../testing.ts';
import { firstNames, newsBetween, ownNewsBetween, ownSides, reactionsTogether } from './news.ts';

const me = aParticipant('Me', { isMe: true });
const anna = aParticipant('Anna');
const ben = aParticipant('Ben');
const none = { joined: [], left: [], handUp: [], sharing: [], sharingEnded: [], onHold: [] };
const share = { isPaused: false, takesPointers: true };

test('what others do is news, what I do is not', () => {
  expect(newsBetween([me, anna], [me, { ...anna, hand: 1 }, ben])).toEqual({
    ...none,
    joined: ['Ben'],
    handUp: ['Anna'],
  });
  expect(newsBetween([me, anna, ben], [me, { ...ben, share }])).toEqual({
    ...none,
    left: ['Anna'],
    sharing: ['Ben'],
  });
  expect(newsBetween([me, { ...anna, share }], [me, anna])).toEqual({ ...none, sharingEnded: ['Anna'] });
  expect(newsBetween([me, anna], [me, { ...anna, isOnHold: true }])).toEqual({ ...none, onHold: ['Anna'] });
  expect(newsBetween([me], [{ ...me, hand: 1, share }])).toEqual(none);
  expect(newsBetween([{ ...me, share }], [me])).toEqual(none);
});

test('speaking, a lost connection and a hand that stays up are none', () => {
  const up = { ...anna, hand: 1 };
  expect(newsBetween([me, up], [me, { ...up, isSpeaking: true, isLost: true }])).toEqual(none);
});

test('a screen that goes and comes back with the connection is none; one that goes with its owner is no news of its own', () => {
  const sharing = { ...anna, share, screen: aVideo('s') };
  const lost = { ...sharing, isLost: true, screen: null };
  expect(newsBetween([me, sharing], [me, lost])).toEqual(none);
  expect(newsBetween([me, lost], [me, sharing])).toEqual(none);
  expect(newsBetween([me, sharing], [me])).toEqual({ ...none, left: ['Anna'] });
});

const ON = { isWanted: true, isStarting: false, problem: null };
const OFF = { ...ON, isWanted: false };

test('what I am heard and seen by is said when it changes sides, and my hand', () => {
  const before = ownSides({ microphone: ON, camera: OFF }, [me]);
  const after = ownSides({ microphone: OFF, camera: ON }, [{ ...me, hand: 1 }]);
  expect(ownNewsBetween(before, after).news).toEqual(['microphoneOff', 'cameraOn', 'handRaised']);
  expect(ownNewsBetween(after, before).news).toEqual(['microphoneOn', 'cameraOff', 'handLowered']);
  expect(ownNewsBetween(after, after).news).toEqual([]);
});

test('a camera that starts is neither on nor off until it is, and one that fails was never on', () => {
  const off = ownSides({ microphone: ON, camera: OFF }, [me]);
  const starting = ownSides({ microphone: ON, camera: { ...ON, isStarting: true } }, [me]);
  const failed = ownSides({ microphone: ON, camera: { ...ON, problem: 'in-use' } }, [me]);
  const meanwhile = ownNewsBetween(off, starting);
  expect(meanwhile.news).toEqual([]);
  expect(ownNewsBetween(meanwhile.sides, failed).news).toEqual([]);
  expect(ownNewsBetween(meanwhile.sides, ownSides({ microphone: ON, camera: ON }, [me])).news).toEqual(['cameraOn']);
});

test('what was not known when one came in is no news once it is', () => {
  const unknown = ownSides({ microphone: ON, camera: { ...ON, isStarting: true } }, []);
  expect(ownNewsBetween(unknown, ownSides({ microphone: ON, camera: ON }, [me]))).toEqual({
    news: [],
    sides: { microphone: true, camera: true, hand: false },
  });
});

test('applause of many is one sentence, in which each name and each emoji is said once', () => {
  const claps = ['Anna', 'Ben', 'Anna', 'Anna'].map((name) => ({ name, emoji: '👏' }));
  expect(reactionsTogether([...claps, { name: 'Ben', emoji: '🎉' }])).toEqual({
    names: ['Anna', 'Ben'],
    emoji: ['👏', '🎉'],
  });
  const confetti = ['👍', '😂', '🎉', '👏', '😮', '🙏'].map((emoji) => ({ name: 'Ben', emoji }));
  expect(reactionsTogether(confetti).emoji).toHaveLength(5);
});

test('of many names the first are said, and how many more', () => {
  expect(firstNames(['Anna', 'Ben', 'Cem', 'Dora'])).toEqual({ first: ['Anna', 'Ben', 'Cem', 'Dora'], others: 0 });
  expect(firstNames(['Anna', 'Ben', 'Cem', 'Dora', 'Emil'])).toEqual({ first: ['Anna', 'Ben', 'Cem'], others: 2 });
});
