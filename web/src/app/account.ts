import { authRoutes } from '@dialog/shared/auth';
import { SessionId } from '@dialog/shared/contract/values';
import { User } from '@dialog/shared/users';
import * as z from 'zod/mini';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { ApiError, type Call } from '../platform/api.ts';
import { keep, kept } from '../platform/keepsakes.ts';
import { dropShared } from '../platform/sharedIn.ts';
import { eraseStorage } from '../platform/storage.ts';

const Me = z.object({ user: User, sessionId: SessionId });
export type Me = z.infer<typeof Me>;

export type AccountState =
  | { readonly kind: 'signed-in'; readonly me: Me }
  /** `hasEnded`: by the server or another tab, not by the person here. */
  | { readonly kind: 'signed-out'; readonly hasEnded: boolean };

export interface Account {
  readonly store: StoreApi<AccountState>;
  /** Asks the server, when this browser remembers nobody but may still hold a session. */
  look(): Promise<void>;
  /** A session was just made. */
  enter(me: Me): void;
  /** Somebody signed in is called otherwise now: remembered for the next start. */
  renamed(user: User): void;
  /** Rejects with an ApiError when the server could not be told: the person is then still signed in. */
  signOut(): Promise<void>;
  /** The server says that the session is over. */
  ended(): void;
}

/** What tabs of one browser tell each other. */
const Note = z.enum(['signed-in', 'signed-out']);
type Note = z.infer<typeof Note>;

interface AccountDeps {
  /** Over HTTP: there is an account before there is a socket. */
  readonly call: Call;
  readonly channel: Pick<BroadcastChannel, 'postMessage' | 'addEventListener'>;
}

/**
 * Who uses this browser. The person is remembered so that the app opens without asking the server first (and without a
 * network); the session itself is in a cookie that no script can read. When it ends, so does all that was kept for them.
 */
export function createAccount({ call, channel }: AccountDeps): Account {
  const store = createStore<AccountState>(() => remembered());
  /** The person here has asked for it: that the socket or another tab says so before the answer makes it nobody else's. */
  let isLeaving = false;

  channel.addEventListener('message', ({ data }) => {
    const note = Note.safeParse(data);
    if (!note.success) return;
    if (note.data === 'signed-out') leave(!isLeaving);
    else store.setState(remembered(), true);
  });

  function enter({ user, sessionId }: Me): void {
    const me = { user, sessionId };
    keep('person', JSON.stringify(me));
    store.setState({ kind: 'signed-in', me }, true);
    tell('signed-in');
  }

  function leave(hasEnded: boolean): void {
    const state = store.getState();
    if (state.kind === 'signed-out') return;
    keep('person', null);
    store.setState({ kind: 'signed-out', hasEnded }, true);
    void eraseStorage(state.me.user.id);
    void forget().catch(() => undefined);
    // Whose session ended by itself shares on after signing in.
    if (!hasEnded) void dropShared().catch(() => undefined);
  }

  async function forget(): Promise<void> {
    const { forgetPerson } = await import('./forgetting.ts');
    // Who is signed in by now has begun anew.
    if (store.getState().kind === 'signed-out') await forgetPerson(call);
  }

  function tell(note: Note): void {
    channel.postMessage(note);
  }

  return {
    store,
    async look() {
      const me = await call(authRoutes.getMe, {}).catch(() => undefined);
      if (me && store.getState().kind === 'signed-out') enter(me);
    },
    enter,
    renamed(user) {
      const state = store.getState();
      if (state.kind !== 'signed-in' || state.me.user.id !== user.id) return;
      keep('person', JSON.stringify({ ...state.me, user }));
    },
    async signOut() {
      isLeaving = true;
      try {
        await call(authRoutes.signOut, {});
      } catch (failure) {
        if (!(failure instanceof ApiError && failure.code === 'not-signed-in')) throw failure;
      } finally {
        isLeaving = false;
      }
      leave(false);
      tell('signed-out');
    },
    ended() {
      leave(!isLeaving);
      tell('signed-out');
    },
  };
}

function remembered(): AccountState {
  const me = z.safeParse(Me, parsed(kept('person')));
  return me.success ? { kind: 'signed-in', me: me.data } : { kind: 'signed-out', hasEnded: false };
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
}
