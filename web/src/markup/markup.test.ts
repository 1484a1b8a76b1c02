import fc from 'fast-check';
import { expect, test } from 'vitest';
import { UserId } from '@dialog/shared/contract/values';
import { EVERYONE, mentionOf } from '@dialog/shared/mentions';
import { parseBlocks } from './blocks.ts';
import { mayHoldMarkup } from './mayHoldMarkup.ts';
import { parseMarkup } from './parse.ts';
import { plainTextOf } from './plainText.ts';
import type { Block, Inline } from './tree.ts';

const ada = UserId.parse('0192f0c1-2b3c-7d4e-8f5a-6b7c8d9e0f1a');

/** A tree as short text: <strong>…</strong> for marks, so that a table of examples can be read. */
function shown(blocks: readonly Block[]): string {
  return blocks.map(blockShown).join('¶');
}

function blockShown(block: Block): string {
  if (block.kind === 'paragraph') return block.children.map(inlineShown).join('');
  if (block.kind === 'code') return `{${block.language}:${block.text}}`;
  if (block.kind === 'quote') return `<quote>${shown(block.blocks)}</quote>`;
  return block.items.map(({ number, blocks }) => `<${number ?? '•'}>${shown(blocks)}`).join('');
}

function inlineShown(node: Inline): string {
  if (node.kind === 'text') return node.text;
  if (node.kind === 'code') return `{${node.text}}`;
  if (node.kind === 'emoji') return `<${node.text}>`;
  if (node.kind === 'link') return `<${node.href}>${node.children.map(inlineShown).join('')}</>`;
  if (node.kind === 'person') return '<@ada>';
  if (node.kind === 'everyone') return '<@all>';
  return `<${node.kind}>${node.children.map(inlineShown).join('')}</>`;
}

const parsed = (text: string): string => shown(parseMarkup(text));

test.each([
  ['**bold** and *soft*', '<strong>bold</> and <emphasis>soft</>'],
  ['__bold__ and _soft_', '<strong>bold</> and <emphasis>soft</>'],
  ['***both***', '<strong><emphasis>both</></>'],
  ['***both** one*', '<emphasis><strong>both</> one</>'],
  ['**a *b* c**', '<strong>a <emphasis>b</> c</>'],
  ['*a **b* c**', '<emphasis>a **b</> c**'],
  ['~~gone~~', '<strike>gone</>'],
  ['||the gardener||', '<spoiler>the gardener</>'],
  ['||**a** b||', '<spoiler><strong>a</> b</>'],
  ['`code *as* it is`', '{code *as* it is}'],
  ['`` a`b ``', '{a`b}'],
  ['[here](https://example.org/a_(b))', '<https://example.org/a_(b)>here</>'],
  ['[**here**](mailto:ada@example.org)', '<mailto:ada@example.org><strong>here</></>'],
  ['**https://example.org/a_b_c**', '<strong><https://example.org/a_b_c>https://example.org/a_b_c</></>'],
  ['||https://example.org||', '<spoiler><https://example.org/>https://example.org</></>'],
  [`${mentionOf(ada)} and *${EVERYONE}*`, '<@ada> and <emphasis><@all></>'],
  ['\\*not soft\\*', '*not soft*'],
  ['*Tea* :our_tea::tea_pot: at 12:30:45', '<emphasis>Tea</> <:our_tea:><:tea_pot:> at 12:30:45'],
  ['**:a_b_c:** `:our_tea:` ://x.example/:our_tea:', '<strong><:a_b_c:></> {:our_tea:} ://x.example/<:our_tea:>'],
  ['https://example.org/:our_tea:', '<https://example.org/:our_tea>https://example.org/:our_tea</>:'],
])('"%s" is read as "%s"', (text, tree) => {
  expect(parsed(text)).toBe(tree);
});

test.each([
  'snake_case_name and 2 * 3 * 4',
  'a || b || c',
  '** no **',
  '****',
  '~one~',
  'never *closed, never ~~closed',
  'a *b\n\nc* d',
  '# a line',
  '<b>bold</b> &amp; <img src=x onerror=alert(1)>',
  '[x](javascript:alert(1))',
  '[x](data:text/html,y)',
  '[x](JaVaScRiPt:alert(1))',
  '[x](//example.org)',
  '[x](vbscript:x)',
  '[](mailto:a@b.example)',
  'C:\\new\\table and \\\\server',
  '>_< >:( -- 1.5 -1',
  '007. is no number',
])('"%s" is what was written', (text) => {
  expect(parsed(text)).toBe(text);
});

test('a link that says one place and leads to another stays text, and shows where it would have led', () => {
  expect(parsed('[bank.example](https://thief.example/)')).toBe(
    '[bank.example](<https://thief.example/>https://thief.example/</>)',
  );
  expect(parsed('[https://bank.example](https://thief.example/)')).toContain('<https://bank.example/>');
  expect(parsed('[bücher.example](https://bücher.example/)')).toBe('<https://xn--bcher-kva.example/>bücher.example</>');
  expect(parsed('[example.org](https://www.example.org/)')).toBe('<https://www.example.org/>example.org</>');
});

test('lines make quotes, lists, code and paragraphs; line breaks stay as they were written', () => {
  expect(parsed('one\ntwo\n\nthree')).toBe('one\ntwo\n\nthree');
  expect(parsed('a\n\n\n\n\n\nb')).toBe('a\n\n\nb');
  expect(parsed('> a\n> > b\nc')).toBe('<quote>a¶<quote>b</quote></quote>¶c');
  expect(parsed('- a\n- b\n  more\n  - c\n2. d\n7. e')).toBe('<•>a<•>b\nmore¶<•>c¶<2>d<7>e');
  expect(parsed('see\n```ts\nconst a = 1;\n\n*x*\n```\nthere')).toBe('see¶{ts:const a = 1;\n\n*x*}¶there');
  expect(parsed('```\nto the end')).toBe('{:to the end}');
  expect(parsed('```\nlast```')).toBe('{:last}');
  expect(parsed('   /|_/|\n  ( o.o )')).toBe('   /|_/|\n  ( o.o )');
});

const sign = fc.constantFrom(
  ...['*', '_', '~', '`', '|', '[', ']', '(', ')', '<', '>', '\\', '-', '.', '1', ' ', '\n', '#', '@', 'a'],
  '**',
  '~~',
  '||',
  '```',
  '> ',
  '- ',
  '1. ',
  '](',
  'http://a.b',
);
const anyText = fc.array(fc.oneof({ weight: 3, arbitrary: sign }, fc.string({ unit: 'grapheme', maxLength: 8 })), {
  maxLength: 60,
});

/** Everything in a tree that a reader can come by: text, numbers, languages, addresses. */
function allOf(blocks: readonly Block[]): string {
  return blocks
    .map((block) => {
      if (block.kind === 'paragraph') return block.children.map(inlineAllOf).join('');
      if (block.kind === 'code') return `${block.language} ${block.text}`;
      if (block.kind === 'quote') return allOf(block.blocks);
      return block.items.map((item) => `${item.number ?? ''} ${allOf(item.blocks)}`).join('');
    })
    .join('');
}

function inlineAllOf(node: Inline): string {
  if (node.kind === 'person') return ada;
  if (node.kind === 'everyone') return 'everyone';
  if (node.kind === 'link') return node.children.map(inlineAllOf).join('') + (isBare(node) ? '' : node.href);
  return 'children' in node ? node.children.map(inlineAllOf).join('') : node.text;
}

function isBare({ children }: Inline & { kind: 'link' }): boolean {
  return children.length === 1 && children[0]?.kind === 'text' && children[0].text.startsWith('http');
}

const lettersOf = (text: string): string => text.replaceAll(/[^\p{L}\p{N}]/gu, '');

test('whatever is written, no letter and no digit of it is lost, and the order stays', () => {
  fc.assert(
    fc.property(anyText, (pieces) => {
      const text = pieces.join('');
      expect(lettersOf(allOf(parseBlocks(text.split('\n'))))).toBe(lettersOf(text));
    }),
    { numRuns: 2_000 },
  );
});

test('what is taken for plain has nothing to parse', () => {
  fc.assert(
    fc.property(anyText, (pieces) => {
      const text = pieces.join('').trim();
      if (text === '' || mayHoldMarkup(text)) return;
      const [block, ...others] = parseBlocks(text.split('\n'));
      expect(others).toEqual([]);
      expect(block?.kind === 'paragraph' && allOf([block])).toBe(text);
    }),
    { numRuns: 2_000 },
  );
});

test('no text nests deeper than a page can show', () => {
  const depthOf = (blocks: readonly Block[]): number =>
    1 +
    Math.max(
      0,
      ...blocks.map((block) => {
        if (block.kind === 'quote') return depthOf(block.blocks);
        return block.kind === 'list' ? Math.max(...block.items.map((item) => depthOf(item.blocks))) : 0;
      }),
    );
  for (const text of ['>'.repeat(4_000), '> '.repeat(2_000), `${'- '.repeat(1_999)}a`, `${'> - '.repeat(900)}a`])
    expect(depthOf(parseMarkup(text))).toBeLessThan(10);
});

const HOSTILE = [
  '*',
  '* ',
  '*a ',
  '*a*',
  'a** ',
  '*a_ ',
  '**a*',
  '***a ',
  '_a__',
  '~~a ',
  '||a ',
  '[',
  '[a](',
  '[a](b',
  '[](',
  ']',
  '](',
  '`',
  '`a',
  '``a`',
  '```\n',
  '````\n```\n',
  '>',
  '> ',
  '> - ',
  '- ',
  '- a\n  ',
  '1. ',
  '\\',
  '\n',
  '\n ',
  '<@',
  'http://(',
  '[x](http://',
];

test.each(HOSTILE)('four times as much of "%s" takes about four times as long', (piece) => {
  const linesOf = (length: number): string[] => piece.repeat(Math.ceil(length / piece.length)).split('\n');
  const timeOf = (lines: readonly string[]): number => {
    const startedAt = performance.now();
    for (let times = 0; times < 4; times += 1) parseBlocks(lines);
    return performance.now() - startedAt;
  };
  const [short, long] = [linesOf(2_000), linesOf(8_000)];
  let [shortest, longest] = [Infinity, Infinity];
  // Linear is four, quadratic would be sixteen. A machine that does much else makes single rounds slow, never quick,
  // and below a quarter of a millisecond the clock says nothing.
  const isLinear = (): boolean => longest / Math.max(shortest, 0.25) < 10;
  for (let round = 0; round < ROUNDS_MAX && (round < 3 || !isLinear()); round += 1) {
    shortest = Math.min(shortest, timeOf(short));
    longest = Math.min(longest, timeOf(long));
  }
  expect(isLinear()).toBe(true);
});

const ROUNDS_MAX = 100;

test('in a preview marks are gone, people have names and spoilers stay hidden', () => {
  const words = { nameOf: () => 'Ada', everyone: 'everyone', spoiler: '[hidden]' };
  expect(plainTextOf(`**Hi** ${mentionOf(ada)}, ${EVERYONE}: ||x||\n> \`a\`\n- b\n3. c`, words)).toBe(
    'Hi @Ada, @everyone: [hidden]\na\n• b\n3. c',
  );
});
