import * as z from 'zod/mini';
import { aboutRoutes } from './about.ts';
import { attachmentRoutes } from './attachments.ts';
import { confirmingRoutes } from './auth.confirming.ts';
import { passkeyRoutes } from './auth.passkeys.ts';
import { recoveryRoutes } from './auth.recovery.ts';
import { secondFactorRoutes } from './auth.secondFactor.ts';
import { authRoutes } from './auth.ts';
import { deviceRoutes } from './auth.devices.ts';
import { emailRoutes } from './auth.email.ts';
import { linkingRoutes } from './auth.linking.ts';
import { directCallRoutes, directCallSignals } from './calls.direct.ts';
import { callModerationRoutes } from './calls.moderation.ts';
import { callSilenceRoutes } from './calls.silences.ts';
import { callHistoryRoutes } from './calls.history.ts';
import { ringRoutes } from './calls.ring.ts';
import { callRoutes } from './calls.ts';
import { arrangingRoutes } from './chats.arranging.ts';
import { clearingRoutes } from './chats.clearing.ts';
import { groupRoutes } from './chats.groups.ts';
import { groupPictureRoutes } from './chats.pictures.ts';
import { chatRoutes } from './chats.ts';
import type { ErrorReply } from './contract/errorReply.ts';
import { customEmojiRoutes } from './customEmoji.ts';
import type { EventHandlers, PayloadOf } from './contract/events.ts';
import { gifRoutes } from './gifs.ts';
import { inviteRoutes } from './invites.ts';
import type { serverEvents } from './protocol.events.ts';
import { messageActRoutes } from './messages.acts.ts';
import { messagePreviewRoutes } from './messages.previews.ts';
import { pollRoutes } from './messages.polls.ts';
import { threadRoutes } from './messages.threads.ts';
import { scheduledRoutes } from './messages.scheduled.ts';
import { messageRoutes, messageSignals } from './messages.ts';
import { peopleRoutes } from './people.ts';
import { presenceSignals } from './presence.ts';
import { pushRoutes } from './push.ts';
import { searchRoutes } from './search.ts';
import { settingsRoutes } from './settings.ts';
import { profileRoutes } from './users.profile.ts';
import { userRoutes } from './users.ts';

export { serverEvents } from './protocol.events.ts';
export { PROTOCOL_VERSION } from './protocol.version.ts';

export const routes = {
  ...aboutRoutes,
  ...authRoutes,
  ...deviceRoutes,
  ...emailRoutes,
  ...linkingRoutes,
  ...confirmingRoutes,
  ...secondFactorRoutes,
  ...recoveryRoutes,
  ...passkeyRoutes,
  ...userRoutes,
  ...profileRoutes,
  ...chatRoutes,
  ...arrangingRoutes,
  ...clearingRoutes,
  ...settingsRoutes,
  ...peopleRoutes,
  ...groupRoutes,
  ...groupPictureRoutes,
  ...customEmojiRoutes,
  ...inviteRoutes,
  ...attachmentRoutes,
  ...gifRoutes,
  ...messageRoutes,
  ...messageActRoutes,
  ...threadRoutes,
  ...scheduledRoutes,
  ...pollRoutes,
  ...messagePreviewRoutes,
  ...searchRoutes,
  ...callRoutes,
  ...callModerationRoutes,
  ...callSilenceRoutes,
  ...directCallRoutes,
  ...ringRoutes,
  ...callHistoryRoutes,
  ...pushRoutes,
};
export type RouteName = keyof typeof routes;

/** What may be lost, from the client. */
export const clientSignals = { ...messageSignals, ...presenceSignals, ...directCallSignals };

/** A contract route carried by the socket: its name and its checked parts; the answer is the acknowledgement. */
export const Act = z.object({
  route: z.string(),
  input: z.object({ params: z.optional(z.unknown()), query: z.optional(z.unknown()), body: z.optional(z.unknown()) }),
});
export type Act = z.infer<typeof Act>;
export type ActAnswer =
  | { readonly ok: true; readonly reply: unknown }
  | { readonly ok: false; readonly error: ErrorReply };

/** What a client says when it connects. Browsers are known by their cookie, others by their token. */
export const Handshake = z.object({ protocol: z.int(), token: z.optional(z.string().check(z.maxLength(200))) });

export type ServerToClientEvents = EventHandlers<typeof serverEvents>;
export type ClientToServerEvents = {
  [Name in keyof typeof clientSignals]: (payload: PayloadOf<(typeof clientSignals)[Name]>) => void;
} & {
  act: (act: Act, answer: (answer: ActAnswer) => void) => void;
  /** "Are you there?" A page asks after a few seconds of silence and is answered at once, from memory alone. */
  beat: (answer: () => void) => void;
};
