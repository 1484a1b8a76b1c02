import { LINK_ASK_MS, LINK_PATH, linkingRoutes } from '@dialog/shared/auth.linking';
import type { RouteReply } from '@dialog/shared/contract/routes';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { ApiError, type Call } from '../platform/api.ts';
import type { Clock } from '../platform/clock.ts';

type Asked = RouteReply<typeof linkingRoutes.askToBeLinked>;
type SignedIn = Extract<RouteReply<typeof linkingRoutes.takeLink>, { state: 'signed-in' }>;

export type LinkingState =
  | { readonly kind: 'asking' }
  | { readonly kind: 'shown'; readonly url: string; readonly shortCode: string; readonly secondsLeft: number }
  /** No further code by itself: shown often enough, refused, or out of reach. */
  | { readonly kind: 'rested'; readonly failure?: unknown };

export interface LinkThisDevice {
  readonly store: StoreApi<LinkingState>;
  /** A new code. */
  begin(): void;
  stop(): void;
}

interface Deps {
  readonly call: Call;
  readonly clock: Clock;
  readonly origin: string;
  /** Whether somebody can see the code. */
  readonly isVisible: () => boolean;
  readonly onSignedIn: (signedIn: SignedIn) => void;
}

/** New codes by themselves, as long as somebody looks: five minutes in all. */
const CODES_MAX = 5;
const SECOND_MS = 1_000;

/** Shows a code for a signed-in device and asks each second whether that has let this one in. */
export function createLinkThisDevice({ call, clock, origin, isVisible, onSignedIn }: Deps): LinkThisDevice {
  const store = createStore<LinkingState>(() => ({ kind: 'asking' }));
  let run = 0;
  let shown = 0;
  let callOff: (() => void) | undefined;

  async function ask(mine: number): Promise<void> {
    store.setState({ kind: 'asking' }, true);
    try {
      const asked = await call(linkingRoutes.askToBeLinked, {});
      if (mine !== run) return;
      shown += 1;
      watch(mine, asked, clock.now() + asked.secondsLeft * SECOND_MS);
    } catch (failure) {
      rest(mine, failure);
    }
  }

  function watch(mine: number, asked: Asked, until: number): void {
    const secondsLeft = Math.max(0, Math.ceil((until - clock.now()) / SECOND_MS));
    const url = `${origin}${LINK_PATH}#${asked.code}`;
    store.setState({ kind: 'shown', url, shortCode: asked.shortCode, secondsLeft }, true);
    callOff = clock.after(LINK_ASK_MS, () => void take(mine, asked, until));
  }

  async function take(mine: number, asked: Asked, until: number): Promise<void> {
    const { linkId, secret } = asked;
    try {
      const taken = await call(linkingRoutes.takeLink, { body: { linkId, secret, keep: 'cookie' } });
      if (mine !== run) return;
      if (taken.state === 'signed-in') onSignedIn(taken);
      else watch(mine, asked, until);
    } catch (failure) {
      if (mine !== run) return;
      const code = failure instanceof ApiError ? failure.code : undefined;
      if (code === 'link-over') renew(mine);
      // The network was away for a moment: the code is still good.
      else if ((code === 'offline' || code === 'timeout') && clock.now() < until) watch(mine, asked, until);
      else rest(mine, failure);
    }
  }

  function renew(mine: number): void {
    if (isVisible() && shown < CODES_MAX) void ask(mine);
    else rest(mine);
  }

  function rest(mine: number, failure?: unknown): void {
    if (mine === run) store.setState({ kind: 'rested', failure }, true);
  }

  return {
    store,
    begin() {
      callOff?.();
      run += 1;
      shown = 0;
      void ask(run);
    },
    stop() {
      callOff?.();
      run += 1;
    },
  };
}
