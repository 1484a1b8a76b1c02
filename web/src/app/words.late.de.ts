import devices from '../auth/devices/words.de.json';
import lobby from '../calls/lobby/words.de.json';
import people from '../people/words.de.json';
import presence from '../presence/words.de.json';
import profile from '../users/profile/words.de.json';
import proofs from '../auth/proofs/words.de.json';
import push from '../push/words.de.json';
import screens from '../calls/share/screens/words.de.json';
import stage from '../calls/stage/words.de.json';
import quality from '../calls/quality/words.de.json';
import ring from '../calls/ring/words.de.json';
import settings from './settings/words.de.json';
import type { words as english } from './words.late.en.ts';

/** German that comes with what says it. A missing key does not compile. */
export const words: typeof english = {
  devices,
  lobby,
  people,
  presence,
  profile,
  proofs,
  push,
  quality,
  ring,
  screens,
  settings,
  stage,
};
