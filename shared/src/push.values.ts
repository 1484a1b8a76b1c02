import * as z from 'zod/mini';
import { ProofChange } from './auth.values.ts';
import { CallId, ChatId, Reaction, Revision, Timestamp, UserId, Uuid } from './contract/values.ts';

export const SUBSCRIPTIONS_PER_PERSON_MAX = 10;
/** More no lock screen shows; a push takes 4 kB in all. */
export const PUSH_TEXT_MAX = 240;
/** Names in a push, cut. */
export const PUSH_NAME_MAX = 80;

/** Where a push service takes pushes for one device. Which of them this server sends to is its operator's choice. */
export const PushAddress = z.url().check(z.maxLength(1_024));

/** 256 bits, known to the device that a push was encrypted for. */
export const PushToken = z.string().check(z.regex(/^[\w-]{43}$/));

/** What stands where a message has no text. */
export const PushedPart = z.enum(['photo', 'video', 'voice', 'audio', 'file', 'poll']);
export type PushedPart = z.infer<typeof PushedPart>;

const Sender = z.object({
  name: z.string(),
  /** Path of their picture below this origin, served to who is signed in. */
  picture: z.nullable(z.string()),
});

const envelope = {
  token: PushToken,
  /** In whose words it is shown: a language tag. */
  language: z.string(),
  /** Makes no sound. */
  isQuiet: z.boolean(),
  at: Timestamp,
};

/**
 * All of a chat, or of a thread, that is unread: the newest in words. `content` is null where its reader does not want it
 * shown: then nothing here says who wrote what.
 */
const MessagePush = z.object({
  ...envelope,
  kind: z.enum(['message', 'mention', 'reply']),
  chatId: ChatId,
  /** Of the thread's root. */
  thread: z.nullable(Revision),
  /** Of the newest message. */
  position: Revision,
  /** Messages after this position are told of by this push, and by no other to this device. */
  after: Revision,
  /** How many are unread here; `PUSH_COUNT_MAX` stands for that and more. */
  count: z.int(),
  content: z.nullable(
    z.object({
      sender: Sender,
      /** Of a group. */
      title: z.nullable(z.string()),
      /** Cut, spoilers covered, without the signs of Markdown. May be empty where there is a part. */
      text: z.string(),
      part: z.nullable(PushedPart),
    }),
  ),
});

const ReactionPush = z.object({
  ...envelope,
  kind: z.literal('reaction'),
  chatId: ChatId,
  thread: z.nullable(Revision),
  /** Of my message. */
  position: Revision,
  content: z.nullable(z.object({ sender: Sender, title: z.nullable(z.string()), emoji: Reaction, text: z.string() })),
});

const FriendPush = z.object({
  ...envelope,
  kind: z.enum(['friendRequest', 'friendAccepted']),
  userId: UserId,
  content: z.nullable(z.object({ sender: Sender })),
});

const CallPush = z.object({
  ...envelope,
  kind: z.enum(['call', 'missedCall']),
  chatId: ChatId,
  callId: CallId,
  /** Rings until then; for a missed call it is over. */
  expiresAt: Timestamp,
  content: z.nullable(z.object({ sender: Sender, title: z.nullable(z.string()) })),
});

const SignInPush = z.object({
  ...envelope,
  kind: z.literal('signIn'),
  /** Such as "Firefox on Windows". */
  device: z.string(),
  /** As far as an address tells. */
  place: z.nullable(z.string()),
});

const AccountPush = z.object({
  ...envelope,
  kind: z.literal('accountChanged'),
  what: ProofChange,
  /** That did it. */
  device: z.string(),
  place: z.nullable(z.string()),
});

/** What was pushed under this tag is done with: read, answered or taken back elsewhere. */
const WithdrawPush = z.object({
  ...envelope,
  kind: z.literal('withdraw'),
  tag: z.string(),
  /** Up to this position; null: whatever stands there. */
  until: z.nullable(Revision),
  /** The browser counts pushes that show nothing: something has to be on screen afterwards. */
  mustShow: z.boolean(),
});

const TestPush = z.object({ ...envelope, kind: z.literal('test'), id: Uuid });

export const PUSH_COUNT_MAX = 50;

/** What a service worker finds in a push, once decrypted. */
export const PushPayload = z.discriminatedUnion('kind', [
  MessagePush,
  ReactionPush,
  FriendPush,
  CallPush,
  SignInPush,
  AccountPush,
  WithdrawPush,
  TestPush,
]);
export type PushPayload = z.infer<typeof PushPayload>;
