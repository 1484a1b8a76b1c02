import { expect, test } from 'vitest';
import { aParticipant, aVideo } from '../testing.ts';
import { newsBetween } from './news.ts';

const me = aParticipant('Me', { isMe: true });
const anna = aParticipant('Anna');
const ben = aParticipant('Ben');
const none = { joined: [], left: [], handUp: [], sharing: [], onHold: [] };

test('what others do is news, what I do is not', () => {
  expect(newsBetween([me, anna], [me, { ...anna, hand: 1 }, ben])).toEqual({
    ...none,
    joined: ['Ben'],
    handUp: ['Anna'],
  });
  expect(newsBetween([me, anna, ben], [me, { ...ben, screen: aVideo('s') }])).toEqual({
    ...none,
    left: ['Anna'],
    sharing: ['Ben'],
  });
  expect(newsBetween([me, anna], [me, { ...anna, isOnHold: true }])).toEqual({ ...none, onHold: ['Anna'] });
  expect(newsBetween([me], [{ ...me, hand: 1, screen: aVideo('s') }])).toEqual(none);
});

test('speaking, a lost connection and a hand that stays up are none', () => {
  const up = { ...anna, hand: 1 };
  expect(newsBetween([me, up], [me, { ...up, isSpeaking: true, isLost: true }])).toEqual(none);
});
