import devices from '../auth/devices/words.en.json';
import lobby from '../calls/lobby/words.en.json';
import people from '../people/words.en.json';
import presence from '../presence/words.en.json';
import profile from '../users/profile/words.en.json';
import proofs from '../auth/proofs/words.en.json';
import push from '../push/words.en.json';
import quality from '../calls/quality/words.en.json';
import ring from '../calls/ring/words.en.json';
import screens from '../calls/share/screens/words.en.json';
import stage from '../calls/stage/words.en.json';
import settings from './settings/words.en.json';

/** English that comes with what says it (`bringLateWords`). */
export const words = {
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
