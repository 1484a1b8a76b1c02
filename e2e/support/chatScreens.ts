import type { Locator, Page } from 'playwright-core';

/** One message on screen, bubble and signs. */
export const MESSAGE_ROW = '[data-message]';

export function messagesOn(page: Page): Locator {
  return page.getByRole('main').locator(MESSAGE_ROW);
}

/** The row of the message with exactly this text. */
export function messageOn(page: Page, text: string): Locator {
  return messagesOn(page).filter({ has: page.getByText(text, { exact: true }) });
}

export function composerOn(page: Page): Locator {
  return page.getByRole('textbox', { name: /^Message to / });
}

export async function write(page: Page, text: string): Promise<void> {
  await composerOn(page).fill(text);
  await composerOn(page).press('Enter');
}

export function chatInList(page: Page, title: string): Locator {
  return page.getByRole('option').filter({ hasText: title });
}

/** Waiting, Sent, Delivered or Read, as the row of one's own message says it. */
export async function untilState(
  page: Page,
  text: string,
  state: 'Waiting' | 'Sent' | 'Delivered' | 'Read',
): Promise<void> {
  await messageOn(page, text).getByText(state, { exact: true }).first().waitFor({ state: 'attached' });
}
