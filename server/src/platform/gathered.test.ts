import { expect, test } from 'vitest';
import { AppError } from './appError.ts';
import { createGathered } from './gathered.ts';

/** Answers each question when told to. */
function aSlowSource() {
  const questions: { keys: readonly string[]; answer: () => void; fail: (error: Error) => void }[] = [];
  const load = (keys: readonly string[]): Promise<ReadonlyMap<string, string>> =>
    new Promise((resolve, reject) => {
      const answer = () => resolve(new Map(keys.filter((key) => key !== 'nobody').map((key) => [key, `${key}!`])));
      questions.push({ keys, answer, fail: reject });
    });
  return { questions, load };
}

const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

test('the first is asked for at once; what comes meanwhile shares the next question', async () => {
  const { questions, load } = aSlowSource();
  const read = createGathered({ load, atOnce: 3 });
  const answers = Promise.all(['a', 'b', 'c', 'b', 'nobody'].map(read));
  expect(questions.map(({ keys }) => keys)).toEqual([['a']]);
  questions[0]?.answer();
  await turn();
  expect(questions[1]?.keys).toEqual(['b', 'c']);
  questions[1]?.answer();
  await turn();
  expect(questions[2]?.keys).toEqual(['nobody']);
  questions[2]?.answer();
  expect(await answers).toEqual(['a!', 'b!', 'c!', 'b!', undefined]);
});

test('what is asked again is read again: nobody gets an answer older than their question', async () => {
  const { questions, load } = aSlowSource();
  const read = createGathered({ load, atOnce: 3 });
  const [first, second] = [read('a'), read('a')];
  questions[0]?.answer();
  await first;
  await turn();
  expect(questions).toHaveLength(2);
  questions[1]?.answer();
  expect(await second).toBe('a!');
});

test('a source that is down refuses those who wait behind too, and is asked again by who comes next', async () => {
  const { questions, load } = aSlowSource();
  const read = createGathered({ load, atOnce: 1 });
  const refused = Promise.allSettled(['a', 'b', 'c'].map(read));
  questions[0]?.fail(new AppError('busy'));
  expect((await refused).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  await turn();
  const next = read('d');
  questions[1]?.answer();
  expect(await next).toBe('d!');
});

test('more than 5,000 waiting are refused at once', async () => {
  const { load } = aSlowSource();
  const read = createGathered({ load, atOnce: 1 });
  for (let count = 0; count <= 5_000; count += 1) void read(`${count}`);
  await expect(read('one too many')).rejects.toMatchObject({ code: 'busy' });
});
