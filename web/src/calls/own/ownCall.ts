import type { ChatId } from '@dialog/shared/contract/values';
import type { StoreApi } from 'zustand/vanilla';
import type { CallState } from '../call.store.ts';
import type { LocalMedia } from '../devices/local.media.ts';
import type { ShareAct } from '../share/share.ts';
import type { Flow, Limits } from '../transport/media.transport.ts';
import type { Going } from './own.goingOn.ts';
import type { PassingMessage, Told } from './own.peers.ts';
import type { OwnVolumes } from './own.volumes.ts';

export interface JoinOptions {
  /** The call I speak in goes on hold; it is left otherwise. */
  readonly holding?: boolean;
  /** Nobody goes in before this, and not where it is false. */
  readonly claimed?: Promise<boolean>;
}

/** What one does with the call of this page. */
export interface OwnCall {
  readonly store: StoreApi<CallState>;
  readonly media: LocalMedia;
  readonly volumes: OwnVolumes;
  /** It may soon be joined: what that needs begins to load. */
  prepare(chatId: ChatId): void;
  openLobby(chatId: ChatId): void;
  closeLobby(): void;
  join(options?: JoinOptions): void;
  /** Takes the call of this chat over from another device of mine: silent at first, then as that one was. */
  fetch(chatId: ChatId): void;
  /** With everyone in it into a call that I began in another chat. Rejects where that cannot be; the call then stays. */
  goOn(going: Going): Promise<void>;
  leave(): void;
  /** The call I speak in goes on without me: nothing of me is sent, nothing is played. One on hold takes its place. */
  hold(): void;
  /** The call on hold is the one I speak in; that one goes on hold. */
  resume(): void;
  leaveHeld(): void;
  showStage(isOpen: boolean): void;
  /** The chat beside the stage. */
  showChat(isOpen: boolean): void;
  share(what: ShareAct): void;
  /** How loud I hear the sound of their shared screen, from 0 to 1. */
  setScreenVolume(identity: string, volume: number): void;
  raiseHand(isUp: boolean): void;
  /** So that the others do not look for the fault on their side. */
  sayLinkIsPoor(isPoor: boolean): void;
  /** To all others in the call; lost where there is no way just now. */
  tell(message: PassingMessage): void;
  /** What others tell in passing. Answers how to stop. */
  onTold(hear: (said: Told) => void): () => void;
  /** Within a press: the browser then plays what it held back. */
  playSound(): void;
  dismissEnd(): void;
  /** What the way to the others carries now; nothing while there is none. */
  measure(): Promise<readonly Flow[]>;
  /** Holds for each later way as well. */
  limit(limits: Limits): void;
  stop(): void;
}
