import * as z from 'zod/mini';

export const BACKGROUNDS = ['none', 'blur', 'calm', 'own'] as const;

/** How this device takes part in calls, remembered on it. */
const Habits = z.object({
  isNoiseReduced: z.boolean(),
  /** What is seen behind the person; `own`: a picture that was chosen on this device. */
  background: z.enum(BACKGROUNDS),
  /** Muted but while the space bar is held. */
  isPushToTalk: z.boolean(),
  /** One's own picture is sent, but not shown to oneself. */
  isSelfHidden: z.boolean(),
  /** What others say is written below, where this browser can. */
  hasCaptions: z.boolean(),
});
export type Habits = z.infer<typeof Habits>;
export type Background = Habits['background'];

const AT_FIRST: Habits = {
  isNoiseReduced: false,
  background: 'none',
  isPushToTalk: false,
  isSelfHidden: false,
  hasCaptions: false,
};

/** What an older version has not kept yet is as at first. */
export function readHabits(kept: string | null): Habits {
  try {
    const some = z.partial(Habits).parse(JSON.parse(kept ?? '{}'));
    return Habits.parse({ ...AT_FIRST, ...some });
  } catch {
    return AT_FIRST;
  }
}
