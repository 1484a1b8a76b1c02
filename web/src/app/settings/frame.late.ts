import { createLate } from '../../platform/late.ts';
import { bringLateWords } from '../words.late.ts';

/** The frame of the settings with its words. */
export const settingsFrame = createLate(async () => {
  const [{ settingsFrame: frame }] = await Promise.all([import('./frame.ts'), bringLateWords()]);
  return frame;
});
