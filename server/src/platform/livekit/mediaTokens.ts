import { createHash, timingSafeEqual } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import type { VideoGrant } from 'livekit-server-sdk';

/** How long a token opens the door. Whoever is in gets fresh ones from the media server itself. */
const TOKEN_TTL_SECONDS = 60;
const ADMIN_TTL_SECONDS = 60;
/** The media server's clock is known to about a second. */
const CLOCK_TOLERANCE_SECONDS = 5;
/** What a token of a person must never carry: each would reach beyond that person's own place in one room. */
const FORBIDDEN: readonly (keyof VideoGrant)[] = [
  'roomAdmin',
  'roomCreate',
  'roomList',
  'roomRecord',
  'ingressAdmin',
  'recorder',
  'hidden',
  'canUpdateOwnMetadata',
];

/** Who may be where, as a verified token says. */
export interface Admission {
  readonly room: string;
  readonly identity: string;
}

interface Deps {
  readonly apiKey: string;
  readonly apiSecret: string;
  /** The media server's time, ms since 1970. */
  readonly nowMs: () => number;
}

export type MediaTokens = ReturnType<typeof createMediaTokens>;

/** Makes and reads the media server's JWTs (HS256 under the shared secret). */
export function createMediaTokens({ apiKey, apiSecret, nowMs }: Deps) {
  const secret = new TextEncoder().encode(apiSecret);

  function sign(claims: Record<string, unknown>, ttlSeconds: number): SignJWT {
    const now = Math.floor(nowMs() / 1000);
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setIssuer(apiKey)
      .setNotBefore(now)
      .setExpirationTime(now + ttlSeconds);
  }

  async function read(token: string): Promise<Record<string, unknown> | null> {
    try {
      const verified = await jwtVerify(token, secret, {
        algorithms: ['HS256'],
        issuer: apiKey,
        requiredClaims: ['exp'],
        currentDate: new Date(nowMs()),
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
      });
      return verified.payload;
    } catch {
      return null;
    }
  }

  return {
    /** A person's way into one room: joining, publishing, subscribing, data. Nothing else. */
    async mint({ room, identity, name }: Admission & { readonly name: string }): Promise<string> {
      const video: VideoGrant = { roomJoin: true, room, canPublish: true, canSubscribe: true, canPublishData: true };
      return sign({ name, video }, TOKEN_TTL_SECONDS).setSubject(identity).sign(secret);
    },

    /** Null for what is forged, expired, of another key, or says more than `mint` gives. */
    async verify(token: string): Promise<Admission | null> {
      const claims = await read(token);
      const video = isRecord(claims?.['video']) ? claims['video'] : {};
      const identity = claims?.['sub'];
      const room = video['room'];
      if (typeof identity !== 'string' || typeof room !== 'string' || video['roomJoin'] !== true) return null;
      if (FORBIDDEN.some((grant) => video[grant] === true)) return null;
      return { room, identity };
    },

    /** For our own calls of the media server's API. */
    async mintAdmin(grant: VideoGrant): Promise<string> {
      return sign({ video: grant }, ADMIN_TTL_SECONDS).sign(secret);
    },

    /** Whether the media server itself sent this body: its signature names the body's hash. */
    async isSigned(body: string, authorization: string | undefined): Promise<boolean> {
      if (authorization === undefined) return false;
      const claims = await read(authorization.replace(/^Bearer /, ''));
      const claimed = claims?.['sha256'];
      if (typeof claimed !== 'string') return false;
      const expected = createHash('sha256').update(body).digest();
      const given = Buffer.from(claimed, 'base64');
      return given.length === expected.length && timingSafeEqual(given, expected);
    },
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
