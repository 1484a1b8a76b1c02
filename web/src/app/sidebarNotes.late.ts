import type { ComponentType } from 'react';
import { whenIdle } from '../platform/whenIdle.ts';
import { bringLateWords } from './words.late.ts';

/** Once the page has nothing better to do. Without a network there is none of it, and the page does without. */
export async function loadSidebarNotes(): Promise<{ default: ComponentType }> {
  await new Promise<void>((resolve) => whenIdle(resolve));
  try {
    const [{ SidebarNotes }] = await Promise.all([import('./SidebarNotes.tsx'), bringLateWords()]);
    return { default: SidebarNotes };
  } catch {
    return { default: () => null };
  }
}
