import type { DeviceLook } from '@dialog/shared/auth.values';

/** A place as the reader's language names it, with the address it was told from; `here` names the server's own network. */
export function placeText(
  { place, address }: DeviceLook,
  { language, here }: { language: string; here: string },
): string {
  if (place === undefined) return address;
  if (place === 'local') return `${here} (${address})`;
  const name = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' }).of(place);
  return name === undefined ? address : `${name} (${address})`;
}

export function isPhone(device: string): boolean {
  return /Android|iPhone|iPad|Mobile/i.test(device);
}
