import type { Page } from 'playwright-core';

export interface TestFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** A PNG of one colour with a stripe. */
export async function aPicture(page: Page, name: string, colour: string): Promise<TestFile> {
  const base64 = await page.evaluate((fill) => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [1_200, 800];
    const context = canvas.getContext('2d');
    if (!context) return '';
    const shade = context.createLinearGradient(0, 0, canvas.width, canvas.height);
    shade.addColorStop(0, fill);
    shade.addColorStop(1, 'white');
    context.fillStyle = shade;
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.fillStyle = 'black';
    context.fillRect(300, 200, 80, 400);
    return canvas.toDataURL('image/png').split(',')[1] ?? '';
  }, colour);
  return { name, mimeType: 'image/png', buffer: Buffer.from(base64, 'base64') };
}

/** By the button in the composer. */
export async function pickFiles(page: Page, files: readonly TestFile[]): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Attach files' }).click(),
  ]);
  await chooser.setFiles([...files]);
}

/** On the conversation, as a mouse does it. */
export async function dropFiles(page: Page, files: readonly TestFile[]): Promise<void> {
  const described = files.map(({ name, mimeType, buffer }) => ({ name, mimeType, base64: buffer.toString('base64') }));
  const transfer = await page.evaluateHandle((all) => {
    const dragged = new DataTransfer();
    for (const { name, mimeType, base64 } of all) {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      dragged.items.add(new File([bytes], name, { type: mimeType }));
    }
    return dragged;
  }, described);
  const place = page.getByRole('region', { name: /^Messages in/ });
  await place.dispatchEvent('dragenter', { dataTransfer: transfer });
  await page.getByText('Drop files here to send them').waitFor();
  await place.dispatchEvent('drop', { dataTransfer: transfer });
}
