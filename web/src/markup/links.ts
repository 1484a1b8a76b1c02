import type { Inline } from './tree.ts';

/** Nothing else leads anywhere (SECURITY attack 13). */
const SCHEMES: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:']);
const ABSOLUTE = /^(?:https?:\/\/|mailto:)./i;
const ADDRESS_MAX = 2_000;
/** Pairs of brackets in an address; each further one would be another look at the same signs. */
const BRACKETS_MAX = 3;

/** The address from behind `(` up to its `)`, which may hold pairs of brackets and no space. */
export function destinationAt(
  text: string,
  from: number,
): { readonly address: string; readonly end: number } | undefined {
  let depth = 0;
  for (let at = from; at < text.length && at - from <= ADDRESS_MAX; at += 1) {
    const sign = text[at] ?? '';
    if (sign === ')' && depth === 0) return { address: text.slice(from, at), end: at + 1 };
    if (sign === '(') depth += 1;
    else if (sign === ')') depth -= 1;
    if (depth > BRACKETS_MAX || /[\s<>]/.test(sign)) return undefined;
  }
  return undefined;
}

export function hrefOf(address: string): string | undefined {
  if (!ABSOLUTE.test(address) || !URL.canParse(address)) return undefined;
  const { protocol, href } = new URL(address);
  return SCHEMES.has(protocol) ? href : undefined;
}

const HOST = /^\s*(?:https?:\/\/)?((?:[\p{L}\p{N}-]{1,63}\.){1,10}\p{L}{2,63})(?:[/:?#\s]|$)/iu;

/** "[bank.example](https://thief.example)" says one place and leads to another: it stays text. */
export function isHonest(label: readonly Inline[], href: string): boolean {
  const said = HOST.exec(wordsOf(label))?.[1]?.toLowerCase();
  if (said === undefined) return true;
  const { hostname } = new URL(href);
  // As a browser writes it: "bücher.example" is "xn--bcher-kva.example".
  const host = URL.canParse(`http://${said}`) ? new URL(`http://${said}`).hostname : said;
  return hostname === host || hostname === `www.${host}`;
}

function wordsOf(nodes: readonly Inline[]): string {
  return nodes
    .map((node) => {
      if ('children' in node) return wordsOf(node.children);
      return 'text' in node ? node.text : '';
    })
    .join('');
}
