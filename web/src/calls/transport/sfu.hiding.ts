import type { Relation } from '@dialog/shared/people.values';
import type { Room } from 'livekit-client';
import type { ChatSync } from '../../chats/chats.sync.ts';
import { onNewRelations } from '../own/own.blocks.ts';
import { createRefusing } from './sfu.refusing.ts';

/**
 * Whom I have blocked gets nothing of mine, nor I of theirs: the media server holds both to it. As long as I have blocked
 * anybody it sends my sounds and pictures only to those whom I name, so that nobody is ahead of a block by coming anew.
 */
export function createHiding(room: Room, chats: Pick<ChatSync, 'store'>) {
  const take = createRefusing();
  /** True: everyone. */
  let told: string | true = true;
  const relations = (): ReadonlyMap<string, Relation> => chats.store.getState().list.relations;

  function isHidden(identity: string): boolean {
    return relations().get(identity.split(':')[0] ?? '')?.isBlocked === true;
  }

  function hide(): void {
    const shown: string[] = [];
    for (const { identity, trackPublications } of room.remoteParticipants.values()) {
      const isShown = !isHidden(identity);
      if (isShown) shown.push(identity);
      for (const publication of trackPublications.values()) take(publication, isShown);
    }
    const isOpen = ![...relations().values()].some(({ isBlocked }) => isBlocked);
    const now = isOpen || shown.join(' ');
    if (now === told) return;
    told = now;
    room.localParticipant.setTrackSubscriptionPermissions(
      isOpen,
      shown.map((participantIdentity) => ({ participantIdentity, allowAll: true })),
    );
  }

  // Before there is a way: livekit-client says it first of all when there is one, and again on each way back.
  hide();
  return {
    isHidden,
    /** Whoever is there now. */
    hide,
    end: onNewRelations(chats, hide),
  };
}
