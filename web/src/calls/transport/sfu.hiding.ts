import type { Room } from 'livekit-client';

/** My sounds and pictures go to everyone but these identities: the media server holds them to it. Said again whenever somebody comes. */
export function createHiding(room: Room): (from: readonly string[]) => void {
  let told = '';
  return (from) => {
    const others = [...room.remoteParticipants.keys()].filter((identity) => !from.includes(identity)).toSorted();
    const now = from.length === 0 ? '' : `only ${others.join(' ')}`;
    if (now === told) return;
    told = now;
    room.localParticipant.setTrackSubscriptionPermissions(
      from.length === 0,
      others.map((participantIdentity) => ({ participantIdentity, allowAll: true })),
    );
  };
}
