import type { callRoutes } from '@dialog/shared/calls';
import type { CallSource } from '@dialog/shared/calls.moderation.values';
import type { PeerMessage, PeerState } from '@dialog/shared/calls.peers';
import type { RouteReply } from '@dialog/shared/contract/routes';
import type { CallId, ChatId, DeviceId, UserId } from '@dialog/shared/contract/values';
import type { Sealing } from '../sealing/keyExchange.ts';
import type { Comparison } from '../call.store.ts';

/** A picture that can be shown in any number of elements. */
export interface VideoHandle {
  /** Changes when another picture takes its place. */
  readonly id: string;
  readonly attach: (element: HTMLVideoElement) => void;
  readonly detach: (element: HTMLVideoElement) => void;
}

/** Someone connected to the call, as the media path sees them. */
export interface Participant {
  /** `userId:deviceId`. */
  readonly identity: string;
  readonly userId: UserId;
  readonly deviceId: DeviceId;
  readonly name: string;
  readonly isMe: boolean;
  readonly isMuted: boolean;
  readonly isSpeaking: boolean;
  /** Their link is too poor for good sound or pictures. */
  readonly isPoor: boolean;
  /** Since when their hand is up, in ms since 1970; null: it is down. */
  readonly hand: number | null;
  /** Speaks in another call meanwhile. */
  readonly isOnHold: boolean;
  /** Gone without having left: may come back within 30 s. */
  readonly isLost: boolean;
  /** When they last began or ended to speak, in ms since 1970; 0: not yet. */
  readonly spokeAt: number;
  readonly camera: VideoHandle | null;
  readonly screen: VideoHandle | null;
  /** Whether the screen's own sound goes along. */
  readonly hasScreenSound: boolean;
  /** What they say of the screen they share; null: they share none. */
  readonly share: PeerState['share'];
  /** By me: neither seen nor heard. */
  readonly isBlocked: boolean;
}

/** As a media path sees them; what they say of themselves (own.peers.ts) is added by the call. */
export type Present = Omit<Participant, keyof PeerState | 'isBlocked'>;

/** What a transport is to send. Its owner makes and stops the tracks. */
export interface Outgoing {
  readonly microphone: MediaStreamTrack | null;
  readonly isMuted: boolean;
  readonly camera: MediaStreamTrack | null;
  readonly screen: ScreenTracks | null;
}

export interface ScreenTracks {
  readonly video: MediaStreamTrack;
  readonly sound: MediaStreamTrack | null;
  readonly mode: ShareMode;
  /** At most so many frames a second while it moves. */
  readonly frameRate: MotionRate;
}

/** `text`: every line sharp, frames give way. `motion`: smooth, sharpness gives way. */
export type ShareMode = 'text' | 'motion';
export type MotionRate = 30 | 60;

/** One sound or picture on its way, with what the browser itself counts of it (W3C's webrtc-stats). */
export interface Flow {
  /** Whose it is. */
  readonly identity: string;
  readonly direction: 'sent' | 'received';
  readonly source: FlowSource;
  readonly report: RTCStatsReport;
}

export type FlowSource = 'microphone' | 'camera' | 'screen' | 'screenSound';

/** What cameras may take of a link too narrow for all; sound and shared screens always go. */
export type CameraLimit = 'full' | 'small' | 'none';

export interface Limits {
  readonly sent: CameraLimit;
  readonly received: CameraLimit;
}

/** `replaced`: this device joined anew elsewhere (another tab). `lost`: anything else that was not asked for. */
export type CloseReason = 'replaced' | 'lost';

export interface TransportEvents {
  readonly peopleChanged: (people: readonly Present[]) => void;
  /** Whether the other side answers; said within 3 s. */
  readonly linkChanged: (isUp: boolean) => void;
  /** Someone left of their own will, or was taken out: they are not waited for. */
  readonly left: (identity: string) => void;
  /** Another device said something; `identity` is who, as the path knows it. */
  readonly told: (said: { readonly identity: string; readonly message: PeerMessage }) => void;
  /** What a direct way carries goes on until it is closed. */
  readonly closed: (reason: CloseReason) => void;
  /** Of a direct way: six seconds without a way to the other device. Said again each six seconds. */
  readonly stuck: () => void;
  /** Of a direct way: what both can compare, as soon as it is known, and null when it no longer holds. */
  readonly compared: (comparison: Comparison | null) => void;
  /** Of a sealed call: how far its keys are given. */
  readonly sealed: (sealing: Sealing) => void;
  /** Someone who keeps order stopped what this device sends, at the media server itself. */
  readonly silenced: (source: CallSource) => void;
  /** The browser wants a press before it plays sound. */
  readonly soundBlocked: (isBlocked: boolean) => void;
}

/** One way for a call's media. The call does not know which. */
export interface MediaTransport {
  /** Resolves when connected; sending and hearing begin on the way. */
  connect(outgoing: Outgoing): Promise<void>;
  /** Brings what is sent to this state; the latest wins. */
  send(outgoing: Outgoing): void;
  /** To all others, or to one of them. What cannot be sent now is lost. */
  tell(message: PeerMessage, to?: string): void;
  /** Everything that flows now; asked every two seconds. What cannot be measured at the moment is left out. */
  measure(): Promise<readonly Flow[]>;
  /** Cameras give way before sound; the latest wins. A transport leaves out what it cannot do. */
  limit(limits: Limits): void;
  /** Whether what arrives is played; so it is unless said otherwise. */
  hear(isHearing: boolean): void;
  /** Whether a sound of this one arrives. */
  carries(identity: string): boolean;
  /** How loud I hear the sound of their shared screen, from 0 to 1. */
  setScreenVolume(identity: string, volume: number): void;
  useSpeaker(deviceId: string): void;
  /** How loud someone's voice is heard here, from 0 to 1; holds while they are there. */
  setVolume(identity: string, volume: number): void;
  /** Within a press. */
  playSound(): void;
  close(): void;
}

/** What the server says to a device that it lets into a call. */
export type Admission = RouteReply<typeof callRoutes.joinCall>;

/** Where a way leads. */
export interface Entrance {
  readonly chatId: ChatId;
  readonly callId: CallId;
  /** What goes through the media server is sealed from end to end. */
  readonly isSealed: boolean;
  readonly admission: Admission;
}

export type OpenTransport = (entrance: Entrance, events: TransportEvents) => Promise<MediaTransport>;
