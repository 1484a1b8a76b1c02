import { afterEach, expect, test, vi } from 'vitest';
import { bringAtLast, createLate, keepAsking } from './late.ts';

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('what comes late is brought once, and told to those who wait for it', async () => {
  let brought = 0;
  const late = createLate(async () => ({ number: (brought += 1) }));
  const heard: (number | undefined)[] = [];
  late.subscribe(() => heard.push(late.now()?.number));
  expect(late.now()).toBeUndefined();
  await Promise.all([late.load(), late.load()]);
  expect([late.now(), await late.load(), heard]).toEqual([{ number: 1 }, { number: 1 }, [1]]);
});

test('what could not be brought is asked for again by the next who needs it', async () => {
  const answers = [Promise.reject(new Error('no network')), Promise.resolve('here')];
  const late = createLate(() => answers.shift() ?? Promise.resolve('again'));
  await expect(late.load()).rejects.toThrow('no network');
  expect(await late.load()).toBe('here');
});

test('who needs what did not come asks for it every five seconds, until they have it or need it no longer', async () => {
  vi.useFakeTimers();
  let asked = 0;
  const late = createLate(async () => {
    asked += 1;
    if (asked < 3) throw new Error('no network');
    return 'here';
  });
  const stop = keepAsking(late);
  await vi.advanceTimersByTimeAsync(4_999);
  expect([asked, late.now()]).toEqual([1, undefined]);
  await vi.advanceTimersByTimeAsync(1);
  expect([asked, late.now()]).toEqual([2, undefined]);
  await vi.advanceTimersByTimeAsync(5_000);
  expect([asked, late.now()]).toEqual([3, 'here']);

  const other = createLate(async () => {
    asked += 1;
    throw new Error('no network');
  });
  keepAsking(other)();
  stop();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(asked).toBe(4);
});

test('what waits for a part of the app waits on while no server answers', async () => {
  vi.useFakeTimers();
  let isThere = false;
  vi.stubGlobal('fetch', () => (isThere ? Promise.resolve({ ok: true }) : Promise.reject(new TypeError('no network'))));
  let asked = 0;
  const brought = bringAtLast(async () => {
    asked += 1;
    if (!isThere) throw new TypeError('no network');
    return 'here';
  });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toBe(13);
  isThere = true;
  await vi.advanceTimersByTimeAsync(5_000);
  expect(await brought).toBe('here');
});

test('a part that a server which answers does not have ends the wait', async () => {
  vi.stubGlobal('fetch', () => Promise.resolve({ ok: true }));
  await expect(bringAtLast(() => Promise.reject(new TypeError('no such file')))).rejects.toThrow('no such file');
});

test('styles that did not come with a part are asked for again with it; those that did, or are on their way, are left', async () => {
  const asked: string[] = [];
  class Link {
    readonly rel: string;
    readonly href: string;
    constructor(href: string, rel = 'stylesheet') {
      [this.href, this.rel] = [href, rel];
    }
    cloneNode = (): string => this.href;
    replaceWith = (clone: string): void => void asked.push(clone);
  }
  let fail = (_: { target: object }): void => {};
  vi.stubGlobal('HTMLLinkElement', Link);
  vi.stubGlobal('document', { addEventListener: (_: 'error', hear: typeof fail) => void (fail = hear) });
  vi.resetModules();
  const { createLate: createAnew } = await import('./late.ts');
  const answers = [Promise.reject(new TypeError('no network')), Promise.resolve('here')];
  const late = createAnew(() => answers.shift() ?? Promise.resolve('again'));
  const failing = late.load();
  fail({ target: new Link('menu.css') });
  fail({ target: new Link('icon.svg', 'icon') });
  fail({ target: { src: 'picture.png' } });
  await expect(failing).rejects.toThrow('no network');
  expect(asked).toEqual([]);
  await late.load();
  expect(asked).toEqual(['menu.css']);
  await createAnew(() => Promise.resolve('other')).load();
  expect(asked).toEqual(['menu.css']);
});
