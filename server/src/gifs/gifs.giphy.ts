import { GIFS_PAGE } from '@dialog/shared/gifs';
import * as z from 'zod';
import type { GiphyConfig } from '../config.gifs.ts';
import { AppError } from '../platform/appError.ts';
import type { Egress } from '../platform/egress/egress.ts';
import { EgressRefusal } from '../platform/egress/egressRefusal.ts';

export interface GiphyGif {
  readonly id: string;
  readonly title: string;
  /** The small picture. */
  readonly small: { readonly url: string; readonly width: number; readonly height: number };
  /** The same picture as files to send, the best first. */
  readonly renditions: readonly string[];
}

export interface GiphyQuestion {
  readonly words: string;
  readonly language: string;
  readonly offset: number;
}

/** Numbers are texts there. What is missing or malformed is as if it were not there. */
const Size = z.coerce.number().optional().catch(undefined);
const Rendition = z.object({
  url: z.string().optional(),
  size: Size,
  webp: z.string().optional(),
  webp_size: Size,
  width: Size,
  height: Size,
});
type Rendition = z.infer<typeof Rendition>;
const Images = z.record(z.string(), Rendition.catch({}));
const Shown = z.object({
  id: z.string().regex(/^[A-Za-z0-9]{1,64}$/),
  rating: z.string().optional(),
  title: z.string().catch(''),
  alt_text: z.string().catch(''),
  images: Images,
});
type Shown = z.infer<typeof Shown>;
const Page = z.object({
  data: z.array(Shown.nullable().catch(null)),
  pagination: z.object({ total_count: z.int().optional(), count: z.int(), offset: z.int() }),
});
const One = z.object({ data: Shown });

const ANSWER = { types: ['application/json'], maxBytes: 2_000_000, whenLarger: 'refuse' } as const;
const TITLE_MAX = 200;
/** Of the file that is sent. */
export const GIF_BYTES_MAX = 6_000_000;
const OFFSET_MAX = 4_999;
const RATINGS = ['y', 'g', 'pg', 'pg-13', 'r'];

export type Giphy = ReturnType<typeof createGiphy>;

/** The three questions that we ask Giphy, as https://developers.giphy.com/docs/api documents them. */
export function createGiphy({ key, url, rating }: GiphyConfig, egress: Pick<Egress, 'fetch'>) {
  /** Pictures come from Giphy's own hosts, and from where the questions are answered. */
  function isTheirs(address: string | undefined): address is string {
    const asked = URL.parse(address ?? '');
    if (!asked) return false;
    return asked.origin === new URL(url).origin || /^https:\/\/([\w-]+\.)+giphy\.com$/.test(asked.origin);
  }

  async function ask(path: string, query: Readonly<Record<string, string>>): Promise<unknown> {
    const asked = `${url}/v1/gifs${path}?${new URLSearchParams({ api_key: key, ...query }).toString()}`;
    const { body } = await egress.fetch(asked, ANSWER);
    return JSON.parse(body.toString('utf8')) as unknown;
  }

  function toGif(shown: Shown): GiphyGif | null {
    const { id, images } = shown;
    const small = images['fixed_width'];
    const address = [small?.webp, small?.url].find(isTheirs);
    const isFit = RATINGS.indexOf(shown.rating ?? 'r') <= RATINGS.indexOf(rating);
    if (!isFit || address === undefined || !small?.width || !small.height) return null;
    const renditions = renditionsOf(images).filter(isTheirs);
    if (renditions.length === 0) return null;
    return { id, title: titleOf(shown), small: { url: address, width: small.width, height: small.height }, renditions };
  }

  return {
    /** Of a page what can be shown; `next` is where the next one begins. */
    async search({ words, language, offset }: GiphyQuestion): Promise<{ gifs: GiphyGif[]; next: number | null }> {
      const page = { limit: `${GIFS_PAGE}`, offset: `${offset}`, rating };
      const found = words === '' ? ask('/trending', page) : ask('/search', { ...page, q: words, lang: language });
      const { data, pagination } = z.parse(Page, await found.catch(asUnavailable));
      const next = offset + pagination.count;
      const hasMore = pagination.count > 0 && next < (pagination.total_count ?? 0) && next <= OFFSET_MAX;
      return { gifs: data.flatMap((shown) => (shown && toGif(shown)) ?? []), next: hasMore ? next : null };
    },

    /** @throws AppError gif-not-found, also for one that is not to be shown here */
    async find(id: string): Promise<GiphyGif> {
      const answer = z.safeParse(One, await ask(`/${id}`, {}).catch(asNotFound));
      const gif = answer.success ? toGif(answer.data.data) : null;
      if (!gif) throw new AppError('gif-not-found');
      return gif;
    },
  };
}

/** WebP is a third of the size. One that is too large is left to those behind it. */
function renditionsOf(images: z.infer<typeof Images>): string[] {
  const { original, downsized_medium: medium, downsized, fixed_width: small, fixed_width_downsampled: few } = images;
  const webp = (one: Rendition | undefined) => (fits(one?.webp_size) ? one?.webp : undefined);
  const gif = (one: Rendition | undefined) => (fits(one?.size) ? one?.url : undefined);
  const all = [webp(original), gif(medium), gif(downsized), webp(small), gif(small), gif(few)];
  return all.filter((address) => address !== undefined);
}

function fits(size: number | undefined): boolean {
  return size === undefined || size <= GIF_BYTES_MAX;
}

function titleOf({ title, alt_text: description }: Shown): string {
  return (description || title)
    .replaceAll(/[\p{C}\s]+/gu, ' ')
    .trim()
    .slice(0, TITLE_MAX);
}

function asUnavailable(error: unknown): never {
  throw new AppError('gifs-unavailable', faultOf(error));
}

/** Giphy says 404 with words of its own, which the way out does not tell from other refusals. */
function asNotFound(error: unknown): never {
  const isAnswer = error instanceof EgressRefusal && error.fault === 'wrong-answer';
  throw new AppError(isAnswer ? 'gif-not-found' : 'gifs-unavailable', faultOf(error));
}

/** Never the address: the key stands in it. */
function faultOf(error: unknown): string {
  return error instanceof EgressRefusal ? error.fault : 'not what Giphy documents';
}
