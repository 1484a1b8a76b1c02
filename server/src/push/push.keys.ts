import type { PushConfig } from '../config.push.ts';
import { deriveSealingKey, seal, unseal } from '../platform/crypto/sealing.ts';
import type { Database } from '../platform/database.ts';
import { newVapidKeys, type VapidKeys } from '../platform/webPush/webPush.ts';
import type { PushKeyRepository } from './push.keys.repository.ts';

interface Deps {
  readonly db: Database;
  readonly repository: PushKeyRepository;
  readonly masterKey: Buffer;
  readonly config: PushConfig;
}

/** The private key is bound to what it is for. */
const CONTEXT = Buffer.from('vapid');

export type PushKeys = () => Promise<VapidKeys>;

/**
 * The keys that this server's pushes are signed with: the operator's, or a pair that is made once, for all nodes and for
 * good. Every subscription is bound to them, so losing them would silence every device.
 */
export function createPushKeys({ db, repository, masterKey, config }: Deps): PushKeys {
  const { keys, subject } = config;
  if (keys) return async () => ({ ...keys, subject });
  const sealingKey = deriveSealingKey(masterKey, 'push');
  let known: Promise<VapidKeys> | undefined;

  async function load(): Promise<VapidKeys> {
    const stored = (await repository.find(db)) ?? (await make());
    const privateKey = unseal(sealingKey, stored.privateKey, CONTEXT).toString('utf8');
    return { publicKey: stored.publicKey, privateKey, subject };
  }

  async function make() {
    const made = newVapidKeys();
    await repository.insert(db, {
      publicKey: made.publicKey,
      privateKey: seal(sealingKey, made.privateKey, CONTEXT),
    });
    const stored = await repository.find(db);
    if (!stored) throw new Error('the keys that were just stored are there');
    return stored;
  }

  return () => {
    known ??= load().catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };
}
