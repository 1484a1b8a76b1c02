import { authEvents } from './auth.ts';
import { chatEvents } from './chats.ts';
import { inviteEvents } from './invites.ts';
import { messageEvents } from './messages.ts';
import { scheduledEvents } from './messages.scheduled.ts';
import { presenceEvents } from './presence.ts';
import { directCallEvents } from './calls.direct.values.ts';
import { callModerationEvents } from './calls.moderation.values.ts';
import { callEvents } from './calls.ts';
import { ringEvents } from './calls.ring.values.ts';

/** Facts, from the server. */
export const serverEvents = {
  ...authEvents,
  ...chatEvents,
  ...inviteEvents,
  ...messageEvents,
  ...scheduledEvents,
  ...presenceEvents,
  ...callEvents,
  ...callModerationEvents,
  ...directCallEvents,
  ...ringEvents,
};
