import {
  PREVIEW_SITE_NAME_MAX,
  PREVIEW_TEXT_MAX,
  PREVIEW_TITLE_MAX,
  type Preview,
} from '@dialog/shared/previews.values';
import { Parser } from 'htmlparser2';
import { cleanLine } from './previews.text.ts';

/** What a page's head says of it. */
export type PageWords = Pick<Preview, 'siteName' | 'title' | 'text'>;

interface PageHead {
  readonly words: PageWords;
  /** Where the page says its picture is; not yet looked at. */
  readonly pictureUrl: string | undefined;
}

interface FetchedPage {
  /** Where it was found: what it names is relative to that. */
  readonly url: string;
  readonly contentType: string;
  readonly body: Buffer;
}

/** Read piece by piece, so that reading can end with the head. */
const PIECE_CHARACTERS = 16_384;
const TITLE_READ_MAX = 2_000;
/** Where a page says how it is written, if it does. */
const CHARSET_WITHIN_BYTES = 1_024;

const SITE_NAME = ['og:site_name', 'application-name'];
const TITLE = ['og:title', 'twitter:title'];
const TEXT = ['og:description', 'twitter:description', 'description'];
const PICTURE = ['og:image:secure_url', 'og:image', 'og:image:url', 'twitter:image', 'twitter:image:src'];

/** Reads the head of a page. Nothing of it runs; whatever it holds, one pass over a bounded text. */
export function readPage({ url, contentType, body }: FetchedPage): PageHead {
  const { metas, title } = readHead(decode(body, contentType));
  const first = (names: readonly string[]): string | undefined =>
    names.map((name) => metas.get(name)).find((value) => value !== undefined && value.trim() !== '');
  const picture = first(PICTURE)?.trim();
  return {
    words: onlyKnown({
      siteName: cleanLine(first(SITE_NAME), PREVIEW_SITE_NAME_MAX),
      title: cleanLine(first(TITLE) ?? title, PREVIEW_TITLE_MAX),
      text: cleanLine(first(TEXT), PREVIEW_TEXT_MAX),
    }),
    pictureUrl: picture === undefined ? undefined : URL.parse(picture, url)?.href,
  };
}

interface Head {
  /** The first value of each name wins. */
  readonly metas: ReadonlyMap<string, string>;
  readonly title: string;
}

function readHead(html: string): Head {
  const metas = new Map<string, string>();
  let title = '';
  let isInTitle = false;
  let isOver = false;
  const parser = new Parser({
    onopentag(tag, attributes) {
      // The rest of a piece is still gone through.
      if (isOver) return;
      if (tag === 'body') isOver = true;
      else if (tag === 'title') isInTitle = title === '';
      else if (tag === 'meta') {
        const name = (attributes['property'] ?? attributes['name'] ?? '').toLowerCase();
        if (!metas.has(name)) metas.set(name, attributes['content'] ?? '');
      }
    },
    ontext(text) {
      if (isInTitle && !isOver && title.length < TITLE_READ_MAX) title += text;
    },
    onclosetag(tag) {
      if (tag === 'title') isInTitle = false;
      else if (tag === 'head') isOver = true;
    },
  });
  for (let at = 0; at < html.length && !isOver; at += PIECE_CHARACTERS)
    parser.write(html.slice(at, at + PIECE_CHARACTERS));
  return { metas, title };
}

function decode(body: Buffer, contentType: string): string {
  const start = body.subarray(0, CHARSET_WITHIN_BYTES).toString('latin1');
  const named = charsetIn(contentType) ?? charsetIn(start) ?? 'utf-8';
  try {
    return new TextDecoder(named).decode(body);
  } catch {
    // A name that nobody knows.
    return new TextDecoder().decode(body);
  }
}

function charsetIn(text: string): string | undefined {
  return /charset\s*=\s*["']?([\w-]{1,40})/i.exec(text)?.[1];
}

function onlyKnown(words: { readonly [Name in keyof PageWords]: PageWords[Name] | undefined }): PageWords {
  return Object.fromEntries(Object.entries(words).filter(([, value]) => value !== undefined));
}
