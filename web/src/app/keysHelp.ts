import { createStore } from 'zustand/vanilla';

export const keysHelpStore = createStore<{ readonly isOpen: boolean }>(() => ({ isOpen: false }));

export function openKeysHelp(): void {
  keysHelpStore.setState({ isOpen: true });
}
