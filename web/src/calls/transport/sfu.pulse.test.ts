import { expect, test } from 'vitest';
import { createPulse } from './sfu.pulse.ts';

/** Looks at a room that sends all the time, in each of which something came or not. Answers after which looks it is dumb. */
function lookAt(pattern: string, sends: (look: number) => boolean = () => true): string {
  const pulse = createPulse();
  let [sent, received] = [0, 0];
  pulse({ sent, received });
  return [...pattern]
    .map((one, look) => {
      if (sends(look)) sent += 25;
      if (one === '+') received += 900;
      return pulse({ sent, received }) ? 'x' : '.';
    })
    .join('');
}

test('a media server that answered is dumb after two seconds of silence, until anything comes of it', () => {
  expect(lookAt('++++++++----------+++')).toBe('...........xxxxxxx...');
  // A voice alone is answered once a second.
  expect(lookAt('-+-+-+-+-+------')).toBe('.............xxx');
});

test('where answers were lost before, a silence has to be longer', () => {
  expect(lookAt('+++---+++++++---------')).not.toContain('x');
  expect(lookAt('+++---+++++++----------')).toMatch(/x$/);
});

test('who sends nothing is answered nothing', () => {
  expect(lookAt('++++++++----------', (look) => look < 8)).not.toContain('x');
});

test('a look that comes too soon after the beginning, or after a way was found anew, says nothing', () => {
  expect(lookAt('+++---------')).not.toContain('x');
  expect(lookAt('++++++----++--------')).toBe('.........x..........');
  // Then it is judged by what it is, and not by the silence in which it was looked for.
  expect(lookAt('++++++----+++++++----')).toBe('.........x..........x');
});
