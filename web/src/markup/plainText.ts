import type { UserId } from '@dialog/shared/contract/values';
import type { Block, Inline } from './tree.ts';
import { parseMarkup } from './parse.ts';

/** How what is no text is said in words. */
export interface PlainWords {
  readonly nameOf: (userId: UserId) => string;
  readonly everyone: string;
  /** Stands for what is hidden until it is pressed. */
  readonly spoiler: string;
}

/** A text without its marks, where there is room for words alone: previews, what is read out. */
export function plainTextOf(text: string, words: PlainWords): string {
  return blocksIn(parseMarkup(text), words);
}

function blocksIn(blocks: readonly Block[], words: PlainWords): string {
  return blocks.map((block) => blockIn(block, words)).join('\n');
}

function blockIn(block: Block, words: PlainWords): string {
  if (block.kind === 'paragraph') return inlineIn(block.children, words);
  if (block.kind === 'code') return block.text;
  if (block.kind === 'quote') return blocksIn(block.blocks, words);
  return block.items
    .map((item) => `${item.number === null ? '•' : `${item.number}.`} ${blocksIn(item.blocks, words)}`)
    .join('\n');
}

function inlineIn(nodes: readonly Inline[], words: PlainWords): string {
  return nodes.map((node) => wordsOf(node, words)).join('');
}

function wordsOf(node: Inline, words: PlainWords): string {
  if (node.kind === 'text' || node.kind === 'code' || node.kind === 'emoji') return node.text;
  if (node.kind === 'person') return `@${words.nameOf(node.userId)}`;
  if (node.kind === 'everyone') return `@${words.everyone}`;
  return node.kind === 'spoiler' ? words.spoiler : inlineIn(node.children, words);
}
