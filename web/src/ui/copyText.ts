import { toast } from './toast.ts';

/** Puts words on the clipboard and says whether that worked. */
export function copyText(text: string, copied: string, failed: string): void {
  navigator.clipboard.writeText(text).then(
    () => toast(copied, { kind: 'success' }),
    () => toast(failed, { kind: 'danger' }),
  );
}
