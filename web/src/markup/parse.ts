import { createRemembered } from '../platform/remembered.ts';
import { parseBlocks } from './blocks.ts';
import type { Block } from './tree.ts';

/** More than any screen shows, so that scrolling back reads nothing a second time. */
const REMEMBERED = 300;

/** A person's text as a tree. */
export const parseMarkup: (text: string) => readonly Block[] = createRemembered(
  (text: string) => parseBlocks(text.split(/\r?\n/)),
  REMEMBERED,
);
