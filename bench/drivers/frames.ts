import type { Dialect } from './dialects.ts';

type Receipts = ReturnType<Dialect['receipts']>;

const KEPT = 64;

/**
 * Reads each broadcast once. Everyone in a room gets the same bytes, so a receiver's frame is compared with those read
 * lately, the one after its last first; it is parsed only when it is new. What is compared equal was received in full.
 */
export interface FrameReader {
  /** The receipts in a packet, for the receiver that `cursor` belongs to. */
  read(packet: Buffer, cursor: { at: number }): Receipts;
}

export function createFrameReader(dialect: Dialect): FrameReader {
  const kept: { bytes: Buffer; receipts: Receipts }[] = [];
  let next = 0;
  const isAt = (place: number, packet: Buffer): boolean => kept[place % KEPT]?.bytes.equals(packet) ?? false;
  const find = (packet: Buffer, after: number): number | undefined => {
    if (after + 1 < next && isAt(after + 1, packet)) return after + 1;
    for (let place = next - 1; place >= Math.max(0, next - KEPT); place -= 1) if (isAt(place, packet)) return place;
    return undefined;
  };
  return {
    read(packet, cursor) {
      const found = find(packet, cursor.at);
      if (found !== undefined) {
        cursor.at = found;
        return kept[found % KEPT]?.receipts ?? [];
      }
      const receipts = dialect.receipts(packet);
      kept[next % KEPT] = { bytes: Buffer.from(packet), receipts };
      cursor.at = next;
      next += 1;
      return receipts;
    },
  };
}
