import { AttachmentId } from '@dialog/shared/contract/values';
import * as z from 'zod/mini';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Storage } from '../platform/storage.ts';

const KeptFile = z.object({ id: AttachmentId, blob: z.instanceof(Blob) });

/** The files that this browser holds because they are not, or not long, on the server. */
export interface LocalFiles {
  /** Addresses under which the page shows them. */
  readonly addresses: StoreApi<ReadonlyMap<AttachmentId, string>>;
  /** In memory: somebody picked it. */
  hold(id: AttachmentId, blob: Blob): void;
  /** Durable in this browser when it resolves. Rejects when there is no room. */
  keep(ids: readonly AttachmentId[]): Promise<void>;
  read(id: AttachmentId): Promise<Blob | undefined>;
  /** Makes what was kept before a reload visible. */
  want(id: AttachmentId): void;
  /** They are on the server, or unwanted. For a while the page goes on showing them from memory. */
  letGo(ids: readonly AttachmentId[]): void;
  /** Throws away what was kept and belongs to nothing: a page died between the file and its message. */
  sweep(isWanted: (id: AttachmentId) => boolean, now: number): Promise<void>;
}

/** So many pictures just sent need not be fetched again to be seen. */
const SPARE_MAX = 30;

/** Another tab may be about to write the message of a younger one. */
const SWEPT_AFTER_MS = 86_400_000;

export function createLocalFiles(storage: Storage): LocalFiles {
  const addresses = createStore<ReadonlyMap<AttachmentId, string>>(() => new Map());
  const blobs = new Map<AttachmentId, Blob>();
  const wanted = new Set<AttachmentId>();
  let spare: readonly AttachmentId[] = [];

  return {
    addresses,
    hold,
    async keep(ids) {
      for (const id of ids) {
        const blob = blobs.get(id);
        // oxlint-disable-next-line no-await-in-loop -- a large one at a time
        if (blob) await storage.put('files', id, { id, blob });
      }
    },
    read,
    want(id) {
      if (blobs.has(id) || wanted.has(id)) return;
      wanted.add(id);
      void read(id).then((blob) => blob && hold(id, blob));
    },
    letGo(ids) {
      for (const id of ids) void storage.remove('files', id).catch(() => undefined);
      spare = [...spare, ...ids.filter((id) => blobs.has(id))];
      forget(spare.slice(0, -SPARE_MAX));
      spare = spare.slice(-SPARE_MAX);
    },
    async sweep(isWanted, now) {
      const kept = await storage.list('files', KeptFile);
      for (const { id } of kept)
        if (!isWanted(id) && now - madeAt(id) > SWEPT_AFTER_MS) void storage.remove('files', id).catch(() => undefined);
    },
  };

  function hold(id: AttachmentId, blob: Blob): void {
    if (blobs.has(id)) return;
    blobs.set(id, blob);
    addresses.setState(new Map([...addresses.getState(), [id, URL.createObjectURL(blob)]]), true);
  }

  async function read(id: AttachmentId): Promise<Blob | undefined> {
    return blobs.get(id) ?? (await storage.get('files', id, KeptFile).catch(() => undefined))?.blob;
  }

  function forget(ids: readonly AttachmentId[]): void {
    if (ids.length === 0) return;
    const left = new Map(addresses.getState());
    for (const id of ids) {
      URL.revokeObjectURL(left.get(id) ?? '');
      left.delete(id);
      blobs.delete(id);
    }
    addresses.setState(left, true);
  }
}

/** A UUIDv7 begins with the milliseconds of its making. */
function madeAt(id: AttachmentId): number {
  return Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);
}
