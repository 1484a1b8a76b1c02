import type { ChatId, MessageId } from '@dialog/shared/contract/values';
import { expect, test } from 'vitest';
import { newId } from '../../server/src/platform/ids.ts';
import type { Posted } from './device.ts';
import { compare, type Witness } from './verdict.ts';

const chatId = newId<ChatId>();
const posted: Posted[] = [1, 2, 3, 4].map((number) => ({
  id: newId<MessageId>(),
  chatId,
  text: `p1 ${number}`,
  position: number,
}));
const texts: Witness['texts'] = posted.map(({ id, text, position }) => ({
  id,
  position,
  content: { kind: 'text', text },
}));
const good = { lost: 0, double: 0, unexpected: 0, outOfOrder: 0 };

function verdictOn(witnessed: Witness['texts']) {
  const { lost, double, unexpected, outOfOrder } = compare({ name: 'witness', texts: witnessed, misplaced: 0 }, posted);
  return { lost, double, unexpected, outOfOrder };
}

function without<T>(list: readonly T[], index: number): T[] {
  return list.filter((_, at) => at !== index);
}

test('what was acknowledged and nothing else, in its order, is right', () => {
  expect(verdictOn(texts)).toEqual(good);
});

test('a message that was acknowledged and is not there is lost', () => {
  expect(verdictOn(without(texts, 2))).toEqual({ ...good, lost: 1 });
});

test('a message posted again under another id is double and unexpected', () => {
  const again = { id: newId<MessageId>(), position: 5, content: { kind: 'text', text: 'p1 4' } } as const;
  expect(verdictOn([...texts, again])).toEqual({ ...good, double: 1, unexpected: 1, outOfOrder: 1 });
});

test('a message that nobody sent is unexpected', () => {
  const stray = { id: newId<MessageId>(), position: 5, content: { kind: 'text', text: 'p9 1' } } as const;
  expect(verdictOn([...texts, stray])).toEqual({ ...good, unexpected: 1 });
});

test('a message whose words changed is unexpected', () => {
  const changed = texts.map((each, index) =>
    index === 1 ? { ...each, content: { kind: 'unreadable' } as const } : each,
  );
  expect(verdictOn(changed).unexpected).toBe(1);
});

test('a message that stands before an earlier one is out of order', () => {
  const [first, second, ...rest] = texts;
  expect(verdictOn([second, first, ...rest].flatMap((each) => each ?? []))).toEqual({ ...good, outOfOrder: 1 });
});
