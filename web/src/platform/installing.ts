import { createStore } from 'zustand/vanilla';

/** What Chromium hands to a page that can be installed; absent from the library of types. */
interface InstallEvent extends Event {
  prompt(): Promise<unknown>;
}

/** Whether the browser offers to install the app, which it says once, early, and to whoever listens. */
export const installStore = createStore<{ readonly offer: InstallEvent | null }>(() => ({ offer: null }));

export function hearInstallOffers(): void {
  addEventListener('beforeinstallprompt', (event) => {
    // Asked for in the settings, not when the browser pleases.
    event.preventDefault();
    if (isInstallEvent(event)) installStore.setState({ offer: event });
  });
  addEventListener('appinstalled', () => installStore.setState({ offer: null }));
}

/** An offer is good for one question. */
export async function install(): Promise<void> {
  const { offer } = installStore.getState();
  installStore.setState({ offer: null });
  await offer?.prompt();
}

function isInstallEvent(event: Event): event is InstallEvent {
  return 'prompt' in event;
}
