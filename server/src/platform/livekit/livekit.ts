import { RoomServiceClient, ServerError, TrackSource, type VideoGrant, WebhookEvent } from 'livekit-server-sdk';
import { createMediaClock } from './mediaClock.ts';
import { createMediaHealth, type MediaStatus } from './mediaHealth.ts';
import { type Admission, createMediaTokens, type MediaTokens } from './mediaTokens.ts';

const REQUEST_TIMEOUT_SECONDS = 3;
/** The media server forgets a room by itself this long after nobody is in it, should our own end of it get lost. */
const EMPTY_ROOM_SECONDS = 120;

export type MediaSource = 'microphone' | 'camera' | 'screen';

const TRACKS_OF: Record<MediaSource, readonly TrackSource[]> = {
  microphone: [TrackSource.MICROPHONE],
  camera: [TrackSource.CAMERA],
  screen: [TrackSource.SCREEN_SHARE, TrackSource.SCREEN_SHARE_AUDIO],
};

export interface MediaParticipant {
  readonly identity: string;
  readonly joinedAt: Date;
}

/** What the media server told by webhook: that something changed in a room. */
export interface MediaNews {
  readonly event: string;
  readonly room: string;
  readonly identity: string | null;
}

/** A LiveKit server. Every request has 3 s; what is already gone counts as removed. */
export interface MediaServer {
  /** Short, known to browsers, and nothing of its address. */
  readonly name: string;
  /** Where its signalling is reached, for the gate only. */
  readonly url: URL;
  status(): MediaStatus;
  /** How long it has not answered, in ms; 0: it does. */
  awayForMs(): number;
  /** Called at each change of `status`. */
  onStatus(hear: (status: MediaStatus) => void): void;
  start(): Promise<void>;
  stop(): void;
  /** The same name again is the same room. */
  createRoom(room: string): Promise<void>;
  deleteRoom(room: string): Promise<void>;
  roomNames(): Promise<readonly string[]>;
  /** How many people and rooms it has. */
  load(): Promise<number>;
  /** Null when there is no such room. */
  participants(room: string): Promise<readonly MediaParticipant[] | null>;
  removeParticipant(admission: Admission): Promise<void>;
  /** What of this kind they send; they can begin again. */
  mute(admission: Admission, source: MediaSource): Promise<void>;
  mintToken(admission: Admission & { readonly name: string }): Promise<string>;
  verifyToken(token: string): Promise<Admission | null>;
  /** Null when the signature is wrong. */
  readWebhook(body: string, authorization: string | undefined): Promise<MediaNews | null>;
}

interface Config {
  readonly name: string;
  /** `http://host:port`, reached by this server only. */
  readonly url: string;
  readonly apiKey: string;
  readonly apiSecret: string;
}

export function createMediaServer({ name: serverName, url, apiKey, apiSecret }: Config): MediaServer {
  const clock = createMediaClock({ wallMs: Date.now, monotonicMs: () => performance.now() });
  const tokens = createMediaTokens({ apiKey, apiSecret, nowMs: clock.now });
  const listeners: ((status: MediaStatus) => void)[] = [];
  const health = createMediaHealth({ url, clock, tell: (status) => listeners.forEach((hear) => hear(status)) });
  const rooms = createRoomApi(url, tokens);

  /** Something that is missing is an answer; anything unanswered puts the server under suspicion. */
  async function ask<T>(request: () => Promise<T>, whenMissing: T): Promise<T> {
    try {
      return await request();
    } catch (cause) {
      if (cause instanceof ServerError && cause.status === 404) return whenMissing;
      if (!(cause instanceof ServerError)) health.suspect();
      throw new Error('the media server did not do as asked', { cause });
    }
  }

  return {
    name: serverName,
    url: new URL(url),
    status: health.status,
    awayForMs: health.awayForMs,
    onStatus: (hear) => void listeners.push(hear),
    start: health.start,
    stop: health.stop,
    createRoom: (name) =>
      ask(
        async () =>
          void (await rooms.createRoom({
            name,
            emptyTimeout: EMPTY_ROOM_SECONDS,
            departureTimeout: EMPTY_ROOM_SECONDS,
          })),
        undefined,
      ),
    deleteRoom: (name) => ask(() => rooms.deleteRoom(name), undefined),
    roomNames: () => ask(async () => (await rooms.listRooms()).map((room) => room.name), []),
    load: () =>
      ask(async () => (await rooms.listRooms()).reduce((sum, { numParticipants }) => sum + 1 + numParticipants, 0), 0),
    participants: (name) =>
      ask<readonly MediaParticipant[] | null>(async () => {
        const list = await rooms.listParticipants(name);
        return list.map(({ identity, joinedAt }) => ({ identity, joinedAt: new Date(Number(joinedAt) * 1000) }));
      }, null),
    removeParticipant: ({ room, identity }) => ask(() => rooms.removeParticipant(room, identity), undefined),
    mute: ({ room, identity }, source) =>
      ask(async () => {
        const { tracks } = await rooms.getParticipant(room, identity);
        const sounding = tracks.filter((track) => TRACKS_OF[source].includes(track.source) && !track.muted);
        await Promise.all(sounding.map(({ sid }) => rooms.mutePublishedTrack(room, identity, sid, true)));
      }, undefined),
    mintToken: tokens.mint,
    verifyToken: tokens.verify,
    async readWebhook(body, authorization) {
      if (!(await tokens.isSigned(body, authorization))) return null;
      const { event, room, participant } = WebhookEvent.fromJson(JSON.parse(body), { ignoreUnknownFields: true });
      return { event, room: room?.name ?? '', identity: participant?.identity ?? null };
    },
  };
}

/** The SDK signs with this machine's clock; ours signs with the media server's. */
function createRoomApi(url: string, tokens: MediaTokens): RoomServiceClient {
  const rooms = new RoomServiceClient(url, undefined, undefined, {
    requestTimeout: REQUEST_TIMEOUT_SECONDS,
    failover: false,
  });
  rooms.authHeader = async (grant: VideoGrant) => ({ Authorization: `Bearer ${await tokens.mintAdmin(grant)}` });
  return rooms;
}
