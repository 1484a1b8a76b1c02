import { type Attachment, ATTACHMENTS_PER_MESSAGE_MAX } from '@dialog/shared/attachments';
import type { ChatId } from '@dialog/shared/contract/values';
import type { Attachments } from '../attachments/attachments.ts';
import { describeFile, measure } from '../attachments/describe.ts';
import type { Messages } from './messages.ts';

interface Shared {
  readonly text: string;
  readonly files: readonly File[];
}

interface Ways {
  readonly messages: Pick<Messages, 'send' | 'outbox'>;
  readonly attachments: Pick<Attachments, 'files' | 'newId' | 'keep'>;
}

/** Into each chat: the words with the first files, the others behind them. All of it is in the outbox when this resolves. */
export async function shareInto(
  { messages, attachments }: Ways,
  chatIds: readonly ChatId[],
  { text, files }: Shared,
): Promise<void> {
  for (const chatId of chatIds) {
    // Each chat has files of its own: they are sealed under its key.
    // oxlint-disable-next-line no-await-in-loop -- one chat after another, so that the order is kept
    const held = await Promise.all(files.map((file) => holdFile(attachments, file)));
    messages.send(chatId, { text, ...filesOf(held.slice(0, ATTACHMENTS_PER_MESSAGE_MAX)) });
    for (let at = ATTACHMENTS_PER_MESSAGE_MAX; at < held.length; at += ATTACHMENTS_PER_MESSAGE_MAX)
      messages.send(chatId, { text: '', ...filesOf(held.slice(at, at + ATTACHMENTS_PER_MESSAGE_MAX)) });
  }
  await messages.outbox.written();
}

async function holdFile({ files, newId }: Ways['attachments'], file: File): Promise<Attachment> {
  const attachment = describeFile(newId(), file);
  files.hold(attachment.id, file);
  const address = files.addresses.getState().get(attachment.id);
  return address === undefined ? attachment : measure(attachment, address);
}

function filesOf(attachments: Attachment[]): { readonly attachments?: Attachment[] } {
  return attachments.length > 0 ? { attachments } : {};
}
