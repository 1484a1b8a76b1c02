interface Causes {
  readonly mediaDevices: MediaDevices | undefined;
  readonly permissions: Permissions | undefined;
  readonly plugged: () => void;
  readonly allowed: () => void;
  readonly cameBack: () => void;
}

/** Hears of what may heal a device without a reload: a plug, a permission, a return from the system's settings. */
export function followCauses({ mediaDevices, permissions, plugged, allowed, cameBack }: Causes): void {
  mediaDevices?.addEventListener('devicechange', plugged);
  addEventListener('focus', cameBack);
  for (const name of ['microphone', 'camera'] as const) {
    permissions
      ?.query({ name })
      .then((status) => status.addEventListener('change', allowed))
      .catch(() => {}); // Firefox of old does not know these names; there the focus brings the retry.
  }
}
