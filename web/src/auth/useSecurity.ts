import { confirmingRoutes, type Security } from '@dialog/shared/auth.confirming';
import { useCallback, useEffect, useState } from 'react';
import type { Call } from '../platform/api.ts';

export interface SecurityState {
  readonly security?: Security;
  /** Of the newest look; what was known before stays. */
  readonly failure?: unknown;
}

/** What keeps the account safe; to be looked at again after each change. */
export function useSecurity(call: Call): SecurityState & { readonly look: () => Promise<void> } {
  const [state, setState] = useState<SecurityState>({});
  const look = useCallback(
    () =>
      call(confirmingRoutes.getSecurity, {}).then(
        (security) => setState({ security }),
        (failure: unknown) => setState((known) => ({ ...known, failure })),
      ),
    [call],
  );
  useEffect(() => void look(), [look]);
  return { ...state, look };
}
