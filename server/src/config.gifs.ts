import * as z from 'zod/mini';

export interface GiphyConfig {
  readonly key: string;
  /** Without a slash at the end. */
  readonly url: string;
  /** The most that is shown: g, pg, pg-13 or r. */
  readonly rating: GiphyRating;
}

const GiphyRating = z.enum(['g', 'pg', 'pg-13', 'r']);
export type GiphyRating = z.infer<typeof GiphyRating>;

export const giphyEnvironment = {
  GIPHY_API_KEY: z.optional(z.string().check(z.regex(/^[\w-]{1,200}$/))),
  GIPHY_RATING: z.optional(GiphyRating),
  GIPHY_URL: z.optional(z.url()),
};

const Environment = z.object(giphyEnvironment);

export function giphyIn(read: z.infer<typeof Environment>): GiphyConfig | null {
  const { GIPHY_API_KEY: key, GIPHY_RATING: rating = 'g', GIPHY_URL: url = 'https://api.giphy.com' } = read;
  return key === undefined ? null : { key, url: url.replace(/\/$/, ''), rating };
}
