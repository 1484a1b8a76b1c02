import type { CallId, ChatId, UserId } from '@dialog/shared/contract/values';
import { expect, test } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { outcomeOf, pastOf } from './ring.history.ts';
import type { PersonOutcome, StoredPast } from './ring.repository.ts';

const people = (...outcomes: PersonOutcome[]) =>
  new Map(outcomes.map((outcome) => [outcome, outcomes.filter((one) => one === outcome).length]));

test.each([
  ['somebody answered, whatever the others did', people('called', 'answered', 'missed', 'declined'), 'finished'],
  ['it still rang when the caller hung up', people('called', 'asked'), 'cancelled'],
  ['everybody who was asked declined', people('called', 'declined'), 'declined'],
  ['one declined and one did not hear it', people('called', 'declined', 'missed'), 'missed'],
  ['nobody was asked', people('called'), 'missed'],
] as const)('%s', (...[, found, outcome]) => {
  expect(outcomeOf(found)).toBe(outcome);
});

const past = (more: Partial<StoredPast>): StoredPast => ({
  ...{ callId: newId<CallId>(), chatId: newId<ChatId>(), startedBy: newId<UserId>(), isVideo: true },
  startedAt: new Date(0),
  answeredAt: null,
  aloneAt: null,
  endedAt: new Date(90_000),
  outcome: 'missed',
  own: 'missed',
  ...more,
});

test('what one cancels, the other has missed', () => {
  expect(pastOf(past({ outcome: 'cancelled', own: 'called' })).outcome).toBe('cancelled');
  expect(pastOf(past({ outcome: 'cancelled', own: 'missed' })).outcome).toBe('missed');
  expect(pastOf(past({ outcome: 'missed', own: 'called' })).outcome).toBe('unanswered');
});

test('a call lasts from the first answer to its end, and who did not come has missed it all the same', () => {
  const talked = { outcome: 'finished', answeredAt: new Date(30_000) } as const;
  expect(pastOf(past({ ...talked, own: 'called' }))).toMatchObject({ outcome: 'finished', durationMs: 60_000 });
  expect(pastOf(past({ ...talked, own: 'missed' }))).toMatchObject({ outcome: 'missed', durationMs: 0 });
  expect(pastOf(past({ ...talked, aloneAt: new Date(80_000), own: 'answered' })).durationMs).toBe(50_000);
  expect(pastOf(past({ ...talked, endedAt: null, own: 'answered' })).outcome).toBe('going');
});
