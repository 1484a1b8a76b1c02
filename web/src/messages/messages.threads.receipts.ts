import type { ChatId } from '@dialog/shared/contract/values';
import { threadRoutes } from '@dialog/shared/messages.threads';
import type { MessageMark } from '@dialog/shared/messages';
import type { Call } from '../platform/api.ts';
import type { Clock } from '../platform/clock.ts';

export interface ThreadReceipts {
  /** The person has seen everything in this thread up to here, and follows it or is called in it. */
  read(chatId: ChatId, root: number, position: number): void;
}

interface ThreadReceiptsDeps {
  readonly call: Call;
  readonly clock: Clock;
  readonly learnMarks: (marks: readonly MessageMark[]) => void;
}

const TOLD_AFTER_MS = 300;
const RETRY_AFTER_MS = 5_000;

interface Read {
  readonly chatId: ChatId;
  readonly root: number;
  /** What was seen here, and what the server knows of it. */
  seen: number;
  told: number;
  isTelling: boolean;
}

/** Tells the server, sparingly, how far threads were read (R13). It only grows, so a lost report is made again. */
export function createThreadReceipts({ call, clock, learnMarks }: ThreadReceiptsDeps): ThreadReceipts {
  const reads = new Map<string, Read>();

  async function tell(read: Read): Promise<void> {
    const { chatId, root, seen } = read;
    const body = { root, position: seen };
    const answer = await call(threadRoutes.markThreadRead, { params: { chatId }, body }).catch(() => undefined);
    read.isTelling = false;
    if (answer) read.told = seen;
    if (answer?.mark) learnMarks([answer.mark]);
    if (read.seen > read.told) tellSoon(read, answer ? TOLD_AFTER_MS : RETRY_AFTER_MS);
  }

  function tellSoon(read: Read, delayMs: number): void {
    if (read.isTelling) return;
    read.isTelling = true;
    clock.after(delayMs, () => void tell(read));
  }

  return {
    read(chatId, root, position) {
      const key = `${chatId}/${root}`;
      const read = reads.get(key) ?? { chatId, root, seen: 0, told: 0, isTelling: false };
      reads.set(key, read);
      if (position <= read.seen) return;
      read.seen = position;
      tellSoon(read, TOLD_AFTER_MS);
    },
  };
}
