/** The sections of the settings, as their addresses name them, in the order of the list. */
export const SECTION_IDS = [
  'profile',
  'security',
  'devices',
  'privacy',
  'notifications',
  'appearance',
  'language',
  'keyboard',
  'about',
] as const;

export type SectionId = (typeof SECTION_IDS)[number];
