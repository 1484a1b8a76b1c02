import type { SealingMessage } from '@dialog/shared/calls.peers';
import type { Clock } from '../../platform/clock.ts';
import { codeOf, type KeyPair, MEDIA_KEY_BYTES, openKey, sealKey, sharedKey } from './keys.ts';

/** What is lost on the way is asked for again this often. */
const AGAIN_MS = 1_000;
/** A new key is used when all have it, and after this in any case: whoever left hears no longer. */
const APPLIED_WITHIN_MS = 2_000;

/** How a sealed call stands. */
export interface Sealing {
  /** What all compare; null until everyone's public key is here. */
  readonly code: string | null;
  /** Those of whom nothing can be seen and heard yet: identities. */
  readonly waitingFor: readonly string[];
}

interface Deps {
  /** My identity. */
  readonly me: string;
  /** The same for every way into the same call, so that what was compared still holds. */
  readonly mine: KeyPair;
  readonly tell: (message: SealingMessage, to: string) => void;
  /** Whoever this is: what comes from them is opened, what goes from me is sealed with this key from now on. */
  readonly apply: (identity: string, key: Uint8Array<ArrayBuffer>, index: number) => void;
  readonly changed: (sealing: Sealing) => void;
  readonly clock: Clock;
}

interface Other {
  publicKey: string | null;
  shared: Promise<CryptoKey> | null;
  /** The newest of their keys that I hold, and of mine that they hold; -1: none. */
  theirIndex: number;
  holdsOfMine: number;
}

/**
 * Gives each device in a call the media key of each other one, sealed for it alone. Each has a key pair for this call and a
 * media key of its own, which it makes anew whenever somebody comes or goes: who comes cannot open what was said before,
 * who went cannot open what is said after. What is told may be lost, and is told again until both sides hold what they need.
 */
export function createKeyExchange({ me, mine, tell, apply, changed, clock }: Deps) {
  const others = new Map<string, Other>();
  /** Whoever comes again begins above what the others know of them. */
  let index = Math.floor(clock.now() / 1_000);
  let mediaKey = newKey();
  let appliedIndex = index;
  let stopApplying: (() => void) | undefined;
  let stopAsking: (() => void) | undefined;
  let isOver = false;
  let told = '';
  apply(me, mediaKey, index);

  function rotate(): void {
    index += 1;
    mediaKey = newKey();
    for (const identity of others.keys()) void give(identity);
    stopApplying?.();
    stopApplying = clock.after(APPLIED_WITHIN_MS, applyNewest);
    applyIfAllHold();
  }

  function applyNewest(): void {
    if (isOver || appliedIndex === index) return;
    stopApplying?.();
    appliedIndex = index;
    apply(me, mediaKey, index);
  }

  function applyIfAllHold(): void {
    if ([...others.values()].every(({ holdsOfMine }) => holdsOfMine === index)) applyNewest();
  }

  function introduce(identity: string): void {
    const holds = others.get(identity)?.theirIndex ?? -1;
    tell({ kind: 'sealing', publicKey: mine.publicKey, holds }, identity);
  }

  async function give(identity: string): Promise<void> {
    const { shared } = others.get(identity) ?? {};
    if (!shared) return;
    const [given, key] = [index, mediaKey];
    try {
      const sealed = await sealKey(await shared, key, { from: me, to: identity, index: given });
      // A newer one is on its way by now.
      if (given === index && others.has(identity)) tell({ kind: 'sealedKey', index: given, sealed }, identity);
    } catch {
      // No point of the curve: to this one nothing can be given, and nothing of theirs opened.
    }
  }

  async function take(identity: string, given: number, sealed: string): Promise<void> {
    const other = others.get(identity);
    if (!other?.shared || given <= other.theirIndex) return;
    try {
      const key = await openKey(await other.shared, sealed, { from: identity, to: me, index: given });
      if (isOver || others.get(identity) !== other || given <= other.theirIndex) return;
      other.theirIndex = given;
      apply(identity, key, given);
      introduce(identity);
      void tellChanged();
    } catch {
      // Sealed for a key pair that is gone, or by someone in between: it is asked for again.
    }
  }

  /** Whoever comes again under the same name is somebody new. */
  function learn(identity: string, publicKey: string): void {
    const other = others.get(identity);
    if (!other || other.publicKey === publicKey) return;
    const isAnother = other.publicKey !== null;
    const shared = sharedKey(mine.privateKey, publicKey);
    shared.catch(() => {}); // Said by whoever needs it.
    others.set(identity, { publicKey, shared, theirIndex: -1, holdsOfMine: -1 });
    if (isAnother) rotate();
    introduce(identity);
    void tellChanged();
  }

  function ask(): void {
    stopAsking = clock.after(AGAIN_MS, () => {
      for (const [identity, { theirIndex, holdsOfMine }] of others)
        if (theirIndex < 0 || holdsOfMine !== index) introduce(identity);
      ask();
    });
  }

  async function tellChanged(): Promise<void> {
    const waitingFor = [...others].filter(([, { theirIndex }]) => theirIndex < 0).map(([identity]) => identity);
    const known = [...others].flatMap(([identity, { publicKey }]) =>
      publicKey ? [[identity, publicKey] as const] : [],
    );
    const isComplete = others.size > 0 && known.length === others.size;
    const code = isComplete ? await codeOf(new Map([...known, [me, mine.publicKey]])) : null;
    const sealing = { code, waitingFor };
    if (isOver || told === JSON.stringify(sealing)) return;
    told = JSON.stringify(sealing);
    changed(sealing);
  }

  ask();
  return {
    /** Who is in the call now, besides me. */
    meet(identities: readonly string[]): void {
      const gone = [...others.keys()].filter((identity) => !identities.includes(identity));
      const come = identities.filter((identity) => !others.has(identity));
      if (gone.length + come.length === 0) return;
      for (const identity of gone) others.delete(identity);
      for (const identity of come)
        others.set(identity, { publicKey: null, shared: null, theirIndex: -1, holdsOfMine: -1 });
      rotate();
      for (const identity of come) introduce(identity);
      void tellChanged();
    },
    take({ identity, message }: { readonly identity: string; readonly message: SealingMessage }): void {
      if (message.kind === 'sealedKey') return void take(identity, message.index, message.sealed);
      learn(identity, message.publicKey);
      const other = others.get(identity);
      if (!other) return;
      other.holdsOfMine = message.holds;
      if (message.holds !== index) void give(identity);
      applyIfAllHold();
    },
    /** A connection that was made anew forgot what it was told. */
    again: () => apply(me, mediaKey, (appliedIndex = index)),
    end(): void {
      isOver = true;
      stopApplying?.();
      stopAsking?.();
    },
  };
}

function newKey(): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(MEDIA_KEY_BYTES));
}
