import type { ServerResponse } from 'node:http';
import sharp from 'sharp';
import { startLoopbackSite, type LoopbackSite } from './loopbackSite.ts';

const GIPHY_KEY = 'a-key-of-the-stand-in';
/** Found by any words and among what is liked. */
export const STAND_IN_GIFS = 60;
const FRAMES_TOO_MANY = 210;

export interface GiphyStandIn extends LoopbackSite {
  /** For a server of tests, and for one of its own process. */
  readonly config: {
    readonly giphy: { readonly key: string; readonly url: string; readonly rating: 'pg' };
    readonly egressAllow: readonly string[];
  };
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Speaks the part of Giphy's API that we ask, as https://developers.giphy.com/docs/api documents it: search, trending and
 * one by its id, with texts for numbers, 401 without the key, and 404 for what is not there. What it has:
 * `gif0` … `gif59`, fit for all; `rated` for grown-ups only; `elsewhere`, whose pictures lie on another host; `endless`, whose best
 * rendition has too many frames; `posing`, which is no picture; `limit` as words is answered 429.
 */
export async function startGiphyStandIn(): Promise<GiphyStandIn> {
  const media = await pictures();
  const site = await startLoopbackSite((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://stand-in');
    const [, kind = ''] = /^\/media\/[a-z0-9]+\/(\w+\.\w+)$/.exec(pathname) ?? [];
    const file = media[kind];
    if (file) return response.writeHead(200, { 'content-type': `image/${kind.split('.')[1]}` }).end(file);
    if (searchParams.get('api_key') !== GIPHY_KEY) return answer(response, 401, { data: [] });
    const one = /^\/v1\/gifs\/(\w+)$/.exec(pathname)?.[1];
    const isList = one === 'search' || one === 'trending';
    if (searchParams.get('q') === 'limit') return answer(response, 429, { data: [] });
    if (isList) return answer(response, 200, pageOf(url(), searchParams));
    const isKnown = one !== undefined && /^(gif\d+|rated|elsewhere|endless|posing)$/.test(one);
    return isKnown ? answer(response, 200, { data: gifOf(url(), one) }) : answer(response, 404, { data: [] });
  });
  const url = (): string => site.url;
  return {
    ...site,
    config: { giphy: { key: GIPHY_KEY, url: site.url, rating: 'pg' }, egressAllow: [site.pair] },
    env: { GIPHY_API_KEY: GIPHY_KEY, GIPHY_URL: site.url, GIPHY_RATING: 'pg', EGRESS_ALLOW: site.pair },
  };
}

function answer(response: ServerResponse, status: number, body: object): ServerResponse {
  const meta = { status, msg: status === 200 ? 'OK' : 'Not OK', response_id: 'stand-in' };
  return response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ ...body, meta }));
}

function pageOf(base: string, asked: URLSearchParams): object {
  const words = asked.get('q') ?? 'liked';
  const offset = Number(asked.get('offset') ?? 0);
  const limit = Number(asked.get('limit') ?? 25);
  const total = words === 'nothing' ? 0 : STAND_IN_GIFS;
  const count = Math.max(0, Math.min(limit, total - offset));
  const ids = Array.from({ length: count }, (_, index) => `gif${offset + index}`);
  const data: object[] = ids.map((id) => gifOf(base, id, words));
  if (words === 'odd') data.splice(0, 3, gifOf(base, 'rated'), gifOf(base, 'elsewhere'), { id: 'broken' });
  return { data, pagination: { total_count: total, count: data.length, offset } };
}

function gifOf(base: string, id: string, words = 'a picture'): object {
  const media = id === 'elsewhere' ? 'http://127.0.0.1:1/media' : `${base}/media`;
  const picture = (name: string, size: number) => ({
    width: '200',
    height: '150',
    url: `${media}/${id}/${name}.gif`,
    size: `${size}`,
  });
  const best = { endless: 'endless', posing: 'posing' }[id] ?? 'large';
  const posing = `${media}/${id}/posing.webp`;
  return {
    type: 'gif',
    id,
    slug: `slug-${id}`,
    url: `https://giphy.com/gifs/${id}`,
    username: '',
    source: '',
    rating: id === 'rated' ? 'r' : 'g',
    title: `${words} ${id} GIF`,
    alt_text: `${words}, number ${id}`,
    images: {
      original: { ...picture('large', 9_000_000), webp: `${media}/${id}/${best}.webp`, webp_size: '3000', frames: '3' },
      ...(id === 'posing'
        ? { fixed_width: { ...picture('small', 3_000), url: posing, webp: posing } }
        : {
            downsized: picture('large', 4_000),
            fixed_width: { ...picture('small', 3_000), webp: `${media}/${id}/small.webp` },
          }),
    },
  };
}

/** Three frames that slide, and one with more frames than are taken. */
async function pictures(): Promise<Readonly<Record<string, Buffer>>> {
  const joined = async (count: number, side: number) => {
    const frames = Array.from({ length: count }, async (_, index) =>
      sharp({
        create: {
          width: side,
          height: Math.round(side * 0.75),
          channels: 3,
          background: { r: (index * 80) % 256, g: 120, b: 200 - ((index * 60) % 200) },
        },
      })
        .png()
        .toBuffer(),
    );
    return sharp(await Promise.all(frames), { join: { animated: true } });
  };
  const [small, large, endless] = [await joined(3, 200), await joined(3, 400), await joined(FRAMES_TOO_MANY, 8)];
  return {
    'small.webp': await small
      .clone()
      .webp({ delay: [200, 200, 200] })
      .toBuffer(),
    'small.gif': await small
      .clone()
      .gif({ delay: [200, 200, 200] })
      .toBuffer(),
    'large.webp': await large
      .clone()
      .webp({ delay: [200, 200, 200] })
      .toBuffer(),
    'large.gif': await large
      .clone()
      .gif({ delay: [200, 200, 200] })
      .toBuffer(),
    'endless.webp': await endless.webp().toBuffer(),
    'posing.webp': Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
  };
}
