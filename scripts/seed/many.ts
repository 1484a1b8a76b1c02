import type { ChatId, MessageId, UserId } from '@dialog/shared/contract/values';
import type { NextKey } from '../../server/src/chats/chats.change.ts';
import { keyRepository } from '../../server/src/chats/chats.keys.repository.ts';
import { createChatKeys } from '../../server/src/chats/chats.keys.ts';
import { sealTitle } from '../../server/src/chats/chats.sealed.ts';
import { sealContent } from '../../server/src/messages/messages.content.ts';
import { createOpening } from '../../server/src/messages/messages.opening.ts';
import { createMessageReading } from '../../server/src/messages/messages.reading.ts';
import { readingRepository } from '../../server/src/messages/messages.reading.repository.ts';
import { messageRepository } from '../../server/src/messages/messages.repository.ts';
import { UNTHREADED, UNTOUCHED, type StoredMessage } from '../../server/src/messages/messages.stored.ts';
import type { SealingKey } from '../../server/src/platform/crypto/sealing.ts';
import type { Database } from '../../server/src/platform/database.ts';
import { newId, toBytes } from '../../server/src/platform/ids.ts';
import { createSearchIndexer } from '../../server/src/search/search.indexer.ts';
import { searchRepository } from '../../server/src/search/search.repository.ts';
import { createSearchTerms } from '../../server/src/search/search.tokens.ts';
import { createSentences, randomFrom } from './words.ts';

/** How many chats the first of the people is in: all there are, if nothing else is said. */
const CHATS = 1_000;
/** In each of them the first and these many others. */
const OTHERS = 3;
const ROWS_AT_ONCE = 1_000;
const INDEXED_AT_ONCE = 4_000;
const SPAN_MS = 2 * 365 * 86_400_000;
const SEED = 20_261_125;

interface Many {
  readonly db: Database;
  readonly masterKey: Buffer;
  /** The first is in all chats. They have accounts already. */
  readonly people: readonly UserId[];
  readonly messages: number;
  /** Over how many chats they are spread; default: 1,000. */
  readonly chats?: number;
  readonly tell: (line: string) => void;
}

interface SeededChat {
  readonly id: ChatId;
  readonly members: readonly UserId[];
  readonly messages: number;
}

/**
 * Writes many messages straight into the tables, sealed as the server does it, and indexes them: 1,000 groups over two
 * years, a few of them large, most of them small. Answers the groups, the largest first.
 */
export async function seedMany(many: Many): Promise<readonly SeededChat[]> {
  const { db, masterKey, tell } = many;
  const keys = createChatKeys({ repository: keyRepository, masterKey });
  const random = randomFrom(SEED);
  const sentence = createSentences(random);
  const chats = planChats(many, random);
  const now = Date.now();
  let written = 0;
  // One after another is what a database writes fastest.
  for (const chat of chats) {
    const key = await db.transaction(async (tx) => {
      const made = await keys.make(tx, chat.id);
      await writeChat(tx, chat, { ...made, at: new Date(now - SPAN_MS) });
      return made.key;
    });
    for (let from = 0; from < chat.messages; from += ROWS_AT_ONCE) {
      const rows = Array.from({ length: Math.min(ROWS_AT_ONCE, chat.messages - from) }, (_, at) =>
        messageAt(chat, { position: from + at + 1, key, now, random, text: sentence() }),
      );
      await db.transaction((tx) => messageRepository.insert(tx, rows));
      written += rows.length;
      if (written % 100_000 < rows.length) tell(`${written} messages written`);
    }
  }
  tell('indexing');
  await createSearchIndexer({
    db,
    keys,
    repository: searchRepository,
    terms: createSearchTerms(masterKey),
    messages: createMessageReading({ db, open: createOpening(keys), repository: readingRepository }),
    messagesAtOnce: INDEXED_AT_ONCE,
  }).index(chats.map(({ id }) => id));
  return chats;
}

/** The n-th chat is about 1/n as lively as the first, and none is empty. */
function planChats({ people, messages, chats = CHATS }: Many, random: () => number): SeededChat[] {
  const [first, ...others] = people;
  if (!first) throw new Error('many messages need people');
  const weights = Array.from({ length: chats }, (_, at) => 1 / (at + 8));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => {
    const from = Math.floor(random() * others.length);
    const some = [...others, ...others].slice(from, from + Math.min(OTHERS, others.length));
    return {
      id: newId<ChatId>(),
      members: [first, ...some],
      messages: Math.max(1, Math.round((messages * weight) / sum)),
    };
  });
}

type Writing = Parameters<Parameters<Database['transaction']>[0]>[0];

async function writeChat(tx: Writing, chat: SeededChat, { key, keyNumber, at }: NextKey & { at: Date }): Promise<void> {
  const chatId = toBytes(chat.id);
  const title = sealTitle(key, chat.id, `Group ${chat.id.slice(-6)}`);
  await tx.run(
    `INSERT INTO chats (id, kind, title, revision, own_revision, last_position, member_count, created_at,
       key_number)
     VALUES (:chatId, 'group', :title, :last, 0, :last, :memberCount, :at, :keyNumber)`,
    { chatId, title, keyNumber, last: chat.messages, memberCount: chat.members.length, at },
  );
  const rows = chat.members.map((userId, place) => [
    chatId,
    toBytes(userId),
    place === 0 ? 'owner' : 'member',
    0,
    1,
    chat.messages,
    chat.messages,
    chat.messages,
    chat.messages,
    at,
  ]);
  await tx.run(
    `INSERT INTO members (chat_id, user_id, role, revision, person_revision, read_position, delivered_position,
       shown_read_position, shown_delivered_position, joined_at)
     VALUES :rows`,
    { rows },
  );
  await tx.run('UPDATE users SET revision = GREATEST(revision, 1) WHERE id IN (:ids)', {
    ids: chat.members.map(toBytes),
  });
}

interface Told {
  readonly position: number;
  readonly key: SealingKey;
  readonly now: number;
  readonly random: () => number;
  readonly text: string;
}

function messageAt(chat: SeededChat, { position, key, now, random, text }: Told): StoredMessage {
  const id = newId<MessageId>();
  const senderId = chat.members[Math.floor(random() * chat.members.length)] ?? chat.members[0];
  if (!senderId) throw new Error('a chat without people');
  const share = (position - 1 + random() * 0.5) / chat.messages;
  return {
    chatId: chat.id,
    position,
    id,
    senderId,
    ...sealContent(key, { kind: 'text', text }, { chatId: chat.id, id }),
    postedAt: new Date(Math.round(now - SPAN_MS * (1 - share))),
    revision: position,
    replyTo: null,
    ...UNTOUCHED,
    ...UNTHREADED,
  };
}
