import type { ChatId } from '@dialog/shared/contract/values';
import type { Locator, Page } from 'playwright-core';
import { until } from './children.ts';
import { listen, lookAt, type Picture } from './media.ts';
import type { Guest } from './world.ts';

const MEDIA_MS = 40_000;
/** The fake microphone is silent between its beeps; this is far above noise and far below a beep. */
const AUDIBLE = 0.01;
/** Darker than this on average is a black picture. */
const BLACK = 8;

/** Who has the chat open starts a call and is in it. */
export async function startCall({ page }: Guest): Promise<void> {
  await page.getByRole('button', { name: 'Start video call' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Start call' }).click();
  await inCall(page);
}

/** Who has the chat open joins the call that goes on in it. */
export async function joinCall({ page }: Guest): Promise<void> {
  await page.getByRole('button', { name: 'Join call' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Join', exact: true }).click();
  await inCall(page);
}

async function inCall(page: Page): Promise<void> {
  await page.getByRole('toolbar', { name: 'Call controls' }).waitFor();
}

export async function openChat({ page }: Guest, chatId: ChatId): Promise<void> {
  await page.goto(`/chat/${chatId}`);
}

/** Everyone opens the chat; the first starts a call and the others join it. */
export async function callOf(guests: readonly Guest[], chatId: ChatId): Promise<void> {
  const [first, ...others] = guests;
  if (!first) return;
  await Promise.all(guests.map((guest) => openChat(guest, chatId)));
  await startCall(first);
  await Promise.all(others.map(joinCall));
}

export function tileOf(page: Page, name: string): Locator {
  return page.getByTestId('call-tile').filter({ hasText: name });
}

export function videoOf(name: string): string {
  return `[data-testid="call-tile"] video[aria-label="${name}"]`;
}

function isMoving({ brightness, changed, width }: Picture): boolean {
  return width > 0 && brightness > BLACK && changed > 0;
}

/** Until decoded pixels of this person are on the page, not black, and change. */
export async function untilSeen(viewer: Guest, name: string, timeoutMs = MEDIA_MS): Promise<void> {
  const isSeen = async (): Promise<boolean> => (await lookAt(viewer.page, videoOf(name))).some(isMoving);
  await until(isSeen, { what: `${viewer.displayName} to see ${name}`, timeoutMs, everyMs: 200 });
}

/** Until so many remote sounds are heard on the page. */
export async function untilHeard(listener: Guest, sounds: number, timeoutMs = MEDIA_MS): Promise<void> {
  let loudest: number[] = [];
  const isHeard = async (): Promise<boolean> => {
    loudest = await listen(listener.page);
    return loudest.filter((rms) => rms > AUDIBLE).length === sounds;
  };
  await until(isHeard, { what: 'sounds', timeoutMs }).catch((error: unknown) => {
    const heard = loudest.map((rms) => rms.toFixed(4)).join(', ');
    throw new Error(`${listener.displayName} should hear ${sounds} others; loudness of each: ${heard}`, {
      cause: error,
    });
  });
}
