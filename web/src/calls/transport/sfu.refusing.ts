import type { RemoteTrackPublication } from 'livekit-client';

/** What would come does not, until it is wanted again. Whoever has a reason has one of these: none asks for what another refuses. */
export function createRefusing(): (publication: RemoteTrackPublication, isWanted: boolean) => void {
  const refused = new WeakSet<RemoteTrackPublication>();
  return (publication, isWanted) => {
    if (isWanted ? !refused.delete(publication) : !publication.isDesired) return;
    if (!isWanted) refused.add(publication);
    publication.setSubscribed(isWanted);
  };
}
