import { createElement, Fragment, type ReactNode } from 'react';
import { EmojiSign } from '../emoji/EmojiSign.tsx';
import { parseMarkup } from '../markup/parse.ts';
import type { Block, Inline, ListItem } from '../markup/tree.ts';
import { CodeBlock } from './CodeBlock.tsx';
import { EveryoneChip, PersonChip } from './MentionChip.tsx';
import { OutLink } from './OutLink.tsx';
import styles from './RichBlocks.module.css';
import { Spoiler } from './Spoiler.tsx';

/** A text with marks, from its tree to elements. There is no way from a text to HTML (SECURITY attack 13). */
export function RichBlocks({ text }: { readonly text: string }): ReactNode {
  return inOrder(parseMarkup(text).map(blockView));
}

/** A text's tree never changes, so its nodes are told apart by their places alone and need no keys. */
function inOrder(nodes: readonly ReactNode[]): ReactNode {
  return createElement(Fragment, null, ...nodes);
}

function blockView(block: Block): ReactNode {
  if (block.kind === 'paragraph') return inOrder(block.children.map(inlineView));
  if (block.kind === 'code') return <CodeBlock language={block.language} code={block.text} />;
  if (block.kind === 'list') return listView(block.items);
  return (
    <blockquote className={styles['quote']} dir="auto">
      {inOrder(block.blocks.map(blockView))}
    </blockquote>
  );
}

function listView(items: readonly ListItem[]): ReactNode {
  const rows = items.map(itemView);
  return items[0]?.number === null ? (
    <ul className={styles['bullets']}>{inOrder(rows)}</ul>
  ) : (
    <ol className={styles['numbers']}>{inOrder(rows)}</ol>
  );
}

function itemView({ number, blocks }: ListItem): ReactNode {
  return <li value={number ?? undefined}>{inOrder(blocks.map(blockView))}</li>;
}

function inlineView(node: Inline): ReactNode {
  if (node.kind === 'text') return node.text;
  if (node.kind === 'code')
    return (
      <code className={styles['code']} dir="ltr">
        {node.text}
      </code>
    );
  if (node.kind === 'emoji') return <EmojiSign emoji={node.text} />;
  if (node.kind === 'person') return <PersonChip userId={node.userId} />;
  if (node.kind === 'everyone') return <EveryoneChip />;
  return markView(node);
}

const TAGS = { strong: 'strong', emphasis: 'em', strike: 's' } as const;

function markView(node: Extract<Inline, { children: readonly Inline[] }>): ReactNode {
  const inner = inOrder(node.children.map(inlineView));
  if (node.kind === 'spoiler') return <Spoiler>{inner}</Spoiler>;
  if (node.kind === 'link')
    return (
      <OutLink href={node.href} {...(isBare(node.children) ? {} : { title: node.href })}>
        {inner}
      </OutLink>
    );
  const Tag = TAGS[node.kind];
  return <Tag>{inner}</Tag>;
}

/** The address stands there as it was written. */
function isBare([only, ...others]: readonly Inline[]): boolean {
  return only?.kind === 'text' && others.length === 0 && /^https?:\/\//i.test(only.text);
}
