import type { CallSignal } from '@dialog/shared/calls.direct.values';
import type { Comparison } from '../../call.store.ts';

/** Of 256 emoji each: whoever sits between the two has one try, of which one in four billion succeeds. */
const EMOJI = 4;
const NONCE_BYTES = 32;

interface Deps {
  readonly me: string;
  /** Their identity. */
  readonly other: string;
  readonly send: (signal: CallSignal) => void;
  readonly changed: () => void;
}

/**
 * What both people can compare, made from what each side is known by in DTLS and a random number of each side. Each
 * first commits to its two by their SHA-256 and reveals the number only when it has the other's commitment. So nobody
 * in between can look for numbers or certificates that make both sides show the same.
 */
export function createComparison({ me, other, send, changed }: Deps) {
  const nonce = hex(crypto.getRandomValues(new Uint8Array(NONCE_BYTES)));
  let mine = '';
  let theirs = '';
  let committed: string | null = null;
  let revealed: string | null = null;
  let isBegun = false;
  let isCommitting = false;
  let hasCommitted = false;
  let shown: Comparison | null = null;
  let turn = 0;

  async function commit(): Promise<void> {
    if (!isBegun || mine === '' || isCommitting) return;
    isCommitting = true;
    send({ kind: 'commit', digest: await digestOf(mine, nonce) });
    hasCommitted = true;
    if (committed !== null) send({ kind: 'reveal', nonce });
  }

  async function compare(): Promise<void> {
    const asked = (turn += 1);
    const now = await code();
    if (asked !== turn || String(now) === String(shown)) return;
    shown = now;
    changed();
  }

  async function code(): Promise<Comparison | null> {
    if (committed === null || revealed === null || mine === '' || theirs === '') return null;
    if ((await digestOf(theirs, revealed)) !== committed) return 'forged';
    const sides = [
      [me, mine, nonce],
      [other, theirs, revealed],
    ].map((side) => side.join('\n'));
    const bytes = await sha256(sides.toSorted().join('\n'));
    return [...bytes.slice(0, EMOJI)];
  }

  return {
    /** Null: not known yet. */
    shown: () => shown,
    /** What each side is known by, as the descriptions have it. */
    know(fingerprints: { readonly mine: string; readonly theirs: string }): void {
      if (!isPossible()) return;
      ({ mine, theirs } = fingerprints);
      void commit();
      void compare();
    },
    /** Not before there is a way: until then there is more urgent to say. */
    begin(): void {
      isBegun = true;
      void commit();
    },
    take(signal: CallSignal): void {
      // The first word counts: a second one could have been chosen by what was revealed.
      if (signal.kind === 'commit' && committed === null) {
        committed = signal.digest;
        if (hasCommitted) send({ kind: 'reveal', nonce });
      } else if (signal.kind === 'reveal') revealed ??= signal.nonce; // It may overtake the commitment on its way.
      else return;
      void compare();
    },
  };
}

/** Browsers have SHA-256 only where a page came by TLS, or from this machine. */
function isPossible(): boolean {
  return typeof crypto.subtle === 'object';
}

function digestOf(fingerprints: string, nonce: string): Promise<string> {
  return sha256(`${fingerprints}\n${nonce}`).then(hex);
}

async function sha256(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
