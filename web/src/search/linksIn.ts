import type { Message } from '@dialog/shared/messages';
import type { Preview } from '@dialog/shared/previews.values';
import { parseMarkup } from '../markup/parse.ts';
import type { Block, Inline } from '../markup/tree.ts';

/** An address that somebody sent, with what its page said of itself. */
export interface SentLink {
  readonly href: string;
  readonly preview: Preview | undefined;
}

/** The addresses that one can follow in a message, each once, in their order; none that is covered or code. */
export function linksIn({ content, preview }: Pick<Message, 'content' | 'preview'>): readonly SentLink[] {
  if (content.kind !== 'text') return [];
  const described = preview && URL.parse(preview.url)?.href;
  const all = new Set(parseMarkup(content.text).flatMap(inBlock));
  return [...all].map((href) => ({ href, preview: href === described ? preview : undefined }));
}

function inBlock(block: Block): readonly string[] {
  if (block.kind === 'code') return [];
  if (block.kind === 'paragraph') return block.children.flatMap(inNode);
  if (block.kind === 'quote') return block.blocks.flatMap(inBlock);
  return block.items.flatMap(({ blocks }) => blocks.flatMap(inBlock));
}

function inNode(node: Inline): readonly string[] {
  if (node.kind === 'link') return node.href.startsWith('mailto:') ? [] : [node.href];
  return 'children' in node && node.kind !== 'spoiler' ? node.children.flatMap(inNode) : [];
}

/** As a reader would say it: without what is the same in all of them. */
export function saidAs(href: string): string {
  return href.replace(/^https?:\/\/(?:www\.)?/, '').replace(/\/$/, '');
}
