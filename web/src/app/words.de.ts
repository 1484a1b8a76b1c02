import app from './words.de.json';
import attachments from '../attachments/words.de.json';
import auth from '../auth/words.de.json';
import calls from '../calls/words.de.json';
import chats from '../chats/words.de.json';
import customEmoji from '../customEmoji/words.de.json';
import emoji from '../emoji/words.de.json';
import gifs from '../gifs/words.de.json';
import invites from '../invites/words.de.json';
import messages from '../messages/words.de.json';
import platform from '../platform/words.de.json';
import search from '../search/words.de.json';
import ui from '../ui/words.de.json';
import users from '../users/words.de.json';
import type { words as english } from './words.en.ts';

/** German, by feature. A missing key does not compile. */
export const words: typeof english = {
  app,
  attachments,
  auth,
  calls,
  chats,
  customEmoji,
  emoji,
  gifs,
  invites,
  messages,
  platform,
  search,
  ui,
  users,
};
