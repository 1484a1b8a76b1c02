import { passkeyRoutes } from '@dialog/shared/auth.passkeys';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Call } from '../platform/api.ts';
import { offerPasskeys, signInByPasskey } from './passkeys.ts';

interface Asked {
  readonly mediation?: string;
  readonly signal: AbortSignal;
  readonly close: () => void;
}

/** What this browser was asked for, and is still asking its person. */
let asked: Asked[];
const isAsking = ({ signal }: Asked): boolean => !signal.aborted;

const call = (async (route: unknown) => {
  if (route !== passkeyRoutes.beginPasskeySignIn) throw new Error('nobody gets so far');
  return { challenge: 'AAAA', rpId: 'localhost', timeout: 1, userVerification: 'required', allowCredentials: [] };
}) as unknown as Call;
const heard = { onSignedIn: () => undefined, onFailure: () => undefined };

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  const keys = { isConditionalMediationAvailable: async () => true };
  vi.stubGlobal(
    'PublicKeyCredential',
    Object.assign(() => undefined, keys),
  );
  vi.stubGlobal('document', { querySelectorAll: () => [{}] });
  vi.stubGlobal('navigator', {
    credentials: {
      get: ({ mediation, signal }: { mediation?: string; signal: AbortSignal }) =>
        new Promise((_resolve, reject) => {
          const close = (): void => reject(new DOMException('closed', 'NotAllowedError'));
          asked.push({ ...(mediation === undefined ? {} : { mediation }), signal, close });
          signal.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')));
        }),
    },
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test('the offer in the form is renewed, but never while somebody answers the dialog they opened', async () => {
  const stop = await offerPasskeys(call, heard);
  await vi.advanceTimersByTimeAsync(5 * 60_000);
  expect(asked.map(({ mediation }) => mediation)).toEqual(['conditional', 'conditional']);

  const signingIn = signInByPasskey(call).catch((failure: Error) => failure.name);
  await vi.advanceTimersByTimeAsync(9 * 60_000);
  expect(asked).toHaveLength(3);
  expect(asked.map(isAsking)).toEqual([false, false, true]);

  asked[2]?.close();
  expect(await signingIn).toBe('NotAllowedError');
  await vi.advanceTimersByTimeAsync(10);
  expect(asked[3]).toMatchObject({ mediation: 'conditional' });
  stop?.();
  expect(asked[3] && isAsking(asked[3])).toBe(false);
});
