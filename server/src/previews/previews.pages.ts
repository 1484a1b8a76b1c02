import { createHmac, hkdfSync } from 'node:crypto';
import * as z from 'zod/mini';
import { seal, toSealingKey, unseal, type SealingKey } from '../platform/crypto/sealing.ts';
import type { Database } from '../platform/database.ts';
import type { Egress } from '../platform/egress/egress.ts';
import { EgressRefusal } from '../platform/egress/egressRefusal.ts';
import { readPage, type PageWords } from './previews.page.ts';
import type { PreviewPicture, RemakePicture } from './previews.picture.ts';
import type { PreviewRepository } from './previews.repository.ts';

/** A page as it can be shown: at least a title. */
export interface Page {
  readonly words: PageWords;
  readonly picture: PreviewPicture | null;
}

interface Deps {
  readonly db: Database;
  readonly repository: Pick<PreviewRepository, 'findPage' | 'putPage' | 'removeExpired'>;
  readonly egress: Pick<Egress, 'fetch'>;
  readonly remakePicture: RemakePicture;
  readonly masterKey: Buffer;
  readonly now: () => Date;
}

const PAGE = { types: ['text/html', 'application/xhtml+xml'], maxBytes: 1_000_000, whenLarger: 'cut' } as const;
const PICTURE = {
  types: ['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/avif'],
  maxBytes: 2_000_000,
  whenLarger: 'refuse',
} as const;

const KEPT_MS = 24 * 3_600_000;
/** A site that was down is asked again sooner. */
const NOTHING_KEPT_MS = 3_600_000;
const REMOVED_AT_ONCE = 500;

const Kept = z.object({
  words: z.object({ siteName: z.optional(z.string()), title: z.optional(z.string()), text: z.optional(z.string()) }),
  picture: z.nullable(z.object({ bytes: z.string(), width: z.int(), height: z.int(), thumbHash: z.string() })),
});

/**
 * What pages say of themselves, fetched once a day for however many messages. The database is shown neither the addresses
 * nor what was found: rows are named by a keyed hash and sealed, both under keys derived from the master key. They need no
 * key of their own to destroy, for they are anybody's to fetch, belong to no message, and are gone within a day.
 */
export function createPages({ db, repository, egress, remakePicture, masterKey, now }: Deps) {
  const namingKey = derive(masterKey, 'names');
  const sealingKey = toSealingKey(derive(masterKey, 'contents'));
  /** Being fetched by this node; whoever comes meanwhile waits for the same. */
  const underWay = new Map<string, Promise<Page | null>>();

  async function kept(urlKey: Buffer): Promise<Page | null | undefined> {
    const row = await repository.findPage(db, urlKey, now());
    if (!row) return undefined;
    return row.body && open(sealingKey, urlKey, row.body);
  }

  async function fetchPage(url: string): Promise<Page | null> {
    const fetched = await unlessRefused(egress.fetch(url, PAGE));
    if (!fetched) return null;
    const { words, pictureUrl } = readPage(fetched);
    if (words.title === undefined) return null;
    const original = pictureUrl === undefined ? null : await unlessRefused(egress.fetch(pictureUrl, PICTURE));
    return { words, picture: original && (await remakePicture(original.body)) };
  }

  async function fetchAndKeep(url: string, urlKey: Buffer): Promise<Page | null> {
    const page = await fetchPage(url);
    const fetchedAt = now();
    await repository.putPage(db, {
      urlKey,
      body: page && close(sealingKey, urlKey, page),
      fetchedAt,
      expiresAt: new Date(fetchedAt.getTime() + (page ? KEPT_MS : NOTHING_KEPT_MS)),
    });
    return page;
  }

  async function find(url: string): Promise<Page | null> {
    const urlKey = createHmac('sha256', namingKey).update(url).digest();
    const known = await kept(urlKey);
    return known === undefined ? fetchAndKeep(url, urlKey) : known;
  }

  return {
    /** Null when there is nothing to show. @throws EgressRefusal when that is for us to try again. */
    async pageOf(address: string): Promise<Page | null> {
      // What follows the # no server sees.
      const url = address.replace(/#.*$/s, '');
      const begun = underWay.get(url);
      if (begun) return begun;
      const finding = find(url).finally(() => underWay.delete(url));
      underWay.set(url, finding);
      return finding;
    },

    async removeExpired(): Promise<void> {
      // oxlint-disable-next-line no-await-in-loop -- in portions, so that no statement runs out of time
      while ((await repository.removeExpired(db, now(), REMOVED_AT_ONCE)) === REMOVED_AT_ONCE);
    },
  };
}

function derive(masterKey: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', masterKey, '', `dialog link previews: ${purpose}`, 32));
}

/** That a site gives nothing is an answer; that we are stopping or too busy is none. */
async function unlessRefused<T>(fetching: Promise<T>): Promise<T | null> {
  return fetching.catch((error: unknown) => {
    const isOurs = !(error instanceof EgressRefusal) || error.fault === 'busy' || error.fault === 'stopping';
    if (isOurs) throw error;
    return null;
  });
}

function close(key: SealingKey, urlKey: Buffer, { words, picture }: Page): Buffer {
  const kept: z.infer<typeof Kept> = {
    words,
    picture: picture && { ...picture, bytes: picture.bytes.toString('base64') },
  };
  return seal(key, JSON.stringify(kept), urlKey);
}

/** Undefined for a row that does not open or that another version wrote: then the page is fetched anew. */
function open(key: SealingKey, urlKey: Buffer, body: Buffer): Page | undefined {
  try {
    const { words, picture } = z.parse(Kept, JSON.parse(unseal(key, body, urlKey).toString('utf8')));
    return { words, picture: picture && { ...picture, bytes: Buffer.from(picture.bytes, 'base64') } };
  } catch {
    return undefined;
  }
}
