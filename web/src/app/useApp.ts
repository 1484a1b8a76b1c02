import { createContext, use } from 'react';
import { useStore } from 'zustand';
import type { Call } from '../platform/api.ts';
import type { Account } from './account.ts';
import type { Place, Router } from './router.ts';

/** What stands whether or not anyone is signed in. */
export interface AppObjects {
  readonly router: Router;
  readonly account: Account;
  /** Over HTTP. */
  readonly call: Call;
}

export const AppContext = createContext<AppObjects | undefined>(undefined);

export function useApp(): AppObjects {
  const app = use(AppContext);
  if (!app) throw new Error('outside of the app');
  return app;
}

export function usePlace(): Place {
  return useStore(useApp().router.store, ({ place }) => place);
}
