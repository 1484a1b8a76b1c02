/** Phones have no way to share their screen from a page. */
export function canShareScreen(): boolean {
  return typeof navigator.mediaDevices?.getDisplayMedia === 'function';
}

/** Firefox and Safari give the picture alone; only Chromium's kin offer a box for the sound. */
export function canShareSound(): boolean {
  return 'userAgentData' in navigator;
}
