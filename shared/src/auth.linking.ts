import * as z from 'zod/mini';
import { DeviceLook, Keep, SignedIn } from './auth.values.ts';
import { defineRoutes } from './contract/routes.ts';
import { Uuid } from './contract/values.ts';

/** How long a code lets a new device in. */
export const LINK_SECONDS = 60;
/** The page that the picture leads to; the code stands behind the `#`. */
export const LINK_PATH = '/link';
/** How often the new device asks. */
export const LINK_ASK_MS = 1_000;

export const DeviceLinkId = Uuid.brand<'DeviceLinkId'>();
export type DeviceLinkId = z.infer<typeof DeviceLinkId>;

/** 192 random bits in base64url, within the picture. */
const LinkCode = z.string().check(z.regex(/^[\w-]{32}$/));
/** Crockford's letters, without those that look like others: ten of them are 50 random bits to type. */
export const SHORT_CODE_LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
export const SHORT_CODE_LENGTH = 10;

/** As scanned, or as typed: case, spaces and hyphens count for nothing in what was typed. */
export const GivenLinkCode = z.string().check(z.maxLength(64));

/** What only the new device knows. */
const LinkSecret = z.string().check(z.regex(/^[\w-]{43}$/));

export const linkingRoutes = defineRoutes({
  askToBeLinked: {
    summary: 'For a new device: a code by which a signed-in one can let it in within a minute.',
    method: 'POST',
    path: '/auth/links',
    access: 'public',
    carriers: 'http',
    limits: ['askLinkPerAddress'],
    reply: z.object({
      linkId: DeviceLinkId,
      /** Within the picture. */
      code: LinkCode,
      /** To be typed instead. */
      shortCode: z.string(),
      /** Not within the picture: who has only seen that gets nothing. */
      secret: LinkSecret,
      secondsLeft: z.int(),
    }),
    errors: [],
  },
  takeLink: {
    summary: 'For the new device: whether it was let in, and with that, once, its session.',
    method: 'POST',
    path: '/auth/links/take',
    access: 'public',
    carriers: 'http',
    limits: ['takeLinkPerAddress'],
    body: z.object({ linkId: DeviceLinkId, secret: LinkSecret, keep: Keep }),
    reply: z.discriminatedUnion('state', [
      z.object({ state: z.literal('waiting') }),
      z.object({ state: z.literal('signed-in'), ...SignedIn.shape }),
    ]),
    errors: ['link-over', 'link-used', 'link-refused'],
  },
  lookAtLink: {
    summary: 'For a signed-in device: which new device a code belongs to.',
    method: 'POST',
    path: '/auth/links/look',
    access: 'session',
    carriers: 'both',
    limits: ['answerLink'],
    body: z.object({ code: GivenLinkCode }),
    reply: z.object({ ...DeviceLook.shape, secondsLeft: z.int() }),
    errors: ['link-over', 'link-used', 'link-refused'],
  },
  answerLink: {
    summary: 'Lets the new device in to the account of the caller, which needs a fresh proof of who they are, or not.',
    method: 'POST',
    path: '/auth/links/answer',
    access: 'session',
    carriers: 'both',
    limits: ['answerLink'],
    body: z.object({ code: GivenLinkCode, isLetIn: z.boolean() }),
    reply: z.object({}),
    errors: ['confirmation-needed', 'link-over', 'link-used', 'link-refused'],
  },
});
