import { findable } from './findSettings.ts';
import { SettingsNav } from './SettingsNav.tsx';
import { SettingsPane } from './SettingsPane.tsx';

/** All of the settings but their sections, brought as one: nothing of it weighs on the first screen. */
export const settingsFrame = { Nav: SettingsNav, Pane: SettingsPane, findable };
