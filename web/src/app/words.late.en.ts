import proofs from '../auth/words.proofs.en.json';
import presence from '../presence/words.en.json';
import push from '../push/words.en.json';
import settings from './settings/words.en.json';

/** English that comes with what says it (`bringLateWords`). */
export const words = { presence, proofs, push, settings };
