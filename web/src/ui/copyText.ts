import { toast } from './toast.ts';

/** Puts words on the clipboard and says whether that worked. */
export function copyText(text: string, copied: string, failed: string): void {
  putOnClipboard(text).then(
    () => toast(copied, { kind: 'success' }),
    () => toast(failed, { kind: 'danger' }),
  );
}

/** Rejects also where there is no clipboard at all, as on a page that came over plain HTTP. */
export async function putOnClipboard(text: string): Promise<void> {
  await navigator.clipboard.writeText(text);
}
