import type { CallPeople } from '@dialog/shared/calls';
import { CallId, type ChatId } from '@dialog/shared/contract/values';
import { uuidv7 } from 'uuidv7';
import { expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { aChatId } from '../../testing/ids.ts';
import { type CallState, NO_CALL } from '../call.store.ts';
import { beginCall } from '../own/beginCall.ts';
import { createTalking } from './talking.ts';

const [RANG, ANSWERED, LATER] = ['2026-11-23T12:00:00Z', '2026-11-23T12:00:30Z', '2026-11-23T12:05:00Z'];
const aCallId = (): CallId => CallId.parse(uuidv7());

function aPage() {
  const own = createStore<CallState>(() => NO_CALL);
  const people = createStore<ReadonlyMap<ChatId, CallPeople>>(() => new Map());
  const talking = createTalking({ own, people });
  return {
    since: talking.getState,
    be: (chatId: ChatId, callId: CallId, startedAt = RANG) =>
      own.setState({ active: beginCall({ chatId, callId, startedAt }) }),
    told: (chatId: ChatId, callId: CallId, answeredAt?: string) =>
      people.setState(
        new Map(people.getState()).set(chatId, { chatId, callId, participants: [], ...(answeredAt && { answeredAt }) }),
        true,
      ),
  };
}

test('no time runs while it rings; it runs from the answer on', () => {
  const { be, told, since } = aPage();
  const [chatId, callId] = [aChatId(1), aCallId()];
  be(chatId, callId);
  told(chatId, callId);
  expect(since()).toBe(null);
  told(chatId, callId, ANSWERED);
  expect(since()).toBe(ANSWERED);
});

test('who comes later into a call sees how long the others have been talking', () => {
  const { be, told, since } = aPage();
  const [chatId, callId] = [aChatId(1), aCallId()];
  told(chatId, callId, ANSWERED);
  be(chatId, callId);
  expect(since()).toBe(ANSWERED);
});

test('a call that goes on in another chat keeps its time; the next call has its own', () => {
  const { be, told, since } = aPage();
  const [two, group, next] = [aCallId(), aCallId(), aCallId()];
  be(aChatId(1), two);
  told(aChatId(1), two, ANSWERED);
  be(aChatId(2), group);
  told(aChatId(2), group, LATER);
  expect(since()).toBe(ANSWERED);
  be(aChatId(2), next, LATER);
  expect(since()).toBe(null);
});
