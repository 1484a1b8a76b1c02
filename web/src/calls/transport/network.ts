/** What tells of this device's networks: the window, and `navigator.connection` where the browser has it. */
interface NetworkSigns {
  readonly page: Pick<EventTarget, 'addEventListener' | 'removeEventListener'>;
  readonly connection: NetworkConnection | undefined;
}

interface NetworkConnection extends EventTarget {
  /** `wifi`, `cellular` and so on; browsers on desks do not say. */
  readonly type?: string | undefined;
}

declare global {
  interface Navigator {
    readonly connection?: NetworkConnection;
  }
}

/**
 * Calls `changed` when this device comes back onto a network or moves to another: the way there is a new one, and
 * waiting until the old one counts as dead would cost seconds. Answers how to stop.
 */
export function followNetwork(changed: () => void, signs: NetworkSigns = ofThisPage()): () => void {
  const { page, connection } = signs;
  let type = connection?.type;
  // The event also tells that the same network grew slower.
  const compare = (): void => {
    if (connection?.type === type) return;
    type = connection?.type;
    if (type !== 'none') changed();
  };
  page.addEventListener('online', changed);
  connection?.addEventListener('change', compare);
  return () => {
    page.removeEventListener('online', changed);
    connection?.removeEventListener('change', compare);
  };
}

function ofThisPage(): NetworkSigns {
  return { page: window, connection: navigator.connection };
}
