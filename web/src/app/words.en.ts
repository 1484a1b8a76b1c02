import app from './words.en.json';
import attachments from '../attachments/words.en.json';
import auth from '../auth/words.en.json';
import calls from '../calls/words.en.json';
import chats from '../chats/words.en.json';
import customEmoji from '../customEmoji/words.en.json';
import emoji from '../emoji/words.en.json';
import gifs from '../gifs/words.en.json';
import invites from '../invites/words.en.json';
import messages from '../messages/words.en.json';
import platform from '../platform/words.en.json';
import search from '../search/words.en.json';
import ui from '../ui/words.en.json';
import users from '../users/words.en.json';

/** English, by feature; what the types of all keys are read from. */
export const words = {
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
