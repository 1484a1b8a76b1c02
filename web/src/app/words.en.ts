import platform from '../platform/words.en.json';
import ui from '../ui/words.en.json';

/** English, by feature; what the types of all keys are read from. */
export const words = { platform, ui };
