import type { RouteReply } from '@dialog/shared/contract/routes';
import type { messageRoutes } from '@dialog/shared/messages';
import { PROTOCOL_VERSION } from '@dialog/shared/protocol';
import { uuidv7 } from 'uuidv7';
import type { Receipt } from './ledger.ts';

/** One socket to be held. */
export interface Person {
  /** Unique over all drivers of a run; the sender in a receipt. */
  readonly index: number;
  readonly token: string;
  readonly from: string;
  readonly chatIds: readonly string[];
}

export interface Post {
  readonly chatId: string;
  readonly text: string;
}

/** How far a device had come when it was cut. */
export interface Known {
  readonly since: number;
  readonly chats: readonly { readonly chatId: string; readonly revision: number }[];
}

export const KNOWS_NOTHING: Known = { since: 0, chats: [] };

/** How a system under test is spoken to. Everything else in a driver is the same for all of them. */
export interface Dialect {
  readonly auth: (person: Person) => unknown;
  readonly ask: (post: Post) => readonly [name: string, payload: unknown];
  readonly isAccepted: (answer: Buffer) => boolean;
  /** What brings a socket level with the server after (re)connecting, if the system has that. */
  readonly sync: ((known: Known) => readonly [name: string, payload: unknown]) | undefined;
  /** What a device knows after such an answer. */
  readonly learn: (answer: Buffer) => Known;
  /** The start of the packets that carry messages. */
  readonly carries: Buffer;
  readonly receipts: (
    packet: Buffer,
  ) => readonly { readonly chatId: string; readonly receipt: Receipt; readonly sentAt: number }[];
}

const TEXT_LENGTH = 100;

/** The sender's number and clock ride in the text, padded to a usual length. */
export function writeText(sender: number, number: number, sentAt: number): string {
  return `${sender}:${number}:${sentAt.toFixed(3)}:`.padEnd(TEXT_LENGTH, 'x');
}

function readText(text: string): { sender: number; number: number; sentAt: number } {
  const [sender, number, sentAt] = text.split(':', 3).map(Number);
  return { sender: sender ?? -1, number: number ?? -1, sentAt: sentAt ?? 0 };
}

interface BareMessage {
  readonly chatId: string;
  readonly text: string;
}

/** The baseline's: see bench/baseline/server.ts. */
const bare: Dialect = {
  auth: (person) => ({ rooms: person.chatIds }),
  ask: ({ chatId, text }) => ['send', { id: uuidv7(), chatId, text }],
  isAccepted: (answer) => answer.toString() === '[true]',
  sync: undefined,
  learn: () => KNOWS_NOTHING,
  carries: Buffer.from('["message"'),
  receipts: (packet) => {
    const [, { chatId, text }] = JSON.parse(packet.toString()) as [string, BareMessage];
    const { sender, number, sentAt } = readText(text);
    return [{ chatId, receipt: { sender, number, place: undefined }, sentAt }];
  },
};

interface ToldMessage {
  readonly content: { readonly kind: string; readonly text: string };
  readonly position: number;
}

const dialog: Dialect = {
  auth: (person) => ({ protocol: PROTOCOL_VERSION, token: person.token }),
  ask: ({ chatId, text }) => [
    'act',
    { route: 'postMessage', input: { params: { chatId }, body: { id: uuidv7(), text } } },
  ],
  isAccepted: (answer) => answer.includes('"ok":true'),
  sync: ({ since, chats }) => ['act', { route: 'syncChats', input: { body: { since, known: chats } } }],
  learn: (answer) => {
    const [{ reply }] = JSON.parse(answer.toString()) as [{ reply: RouteReply<typeof messageRoutes.syncChats> }];
    const { revision, chats } = reply.changes;
    return { since: revision, chats: chats.map((each) => ({ chatId: each.chat.id, revision: each.revision })) };
  },
  carries: Buffer.from('["chatChanged"'),
  receipts: (packet) => {
    const [, changes] = JSON.parse(packet.toString()) as [string, { chatId: string; messages: ToldMessage[] }];
    return changes.messages
      .filter(({ content }) => content.kind === 'text')
      .map(({ content, position }) => {
        const { sender, number, sentAt } = readText(content.text);
        return { chatId: changes.chatId, receipt: { sender, number, place: position }, sentAt };
      });
  },
};

export const dialects = { bare, dialog };
export type SystemName = keyof typeof dialects;
