import type { CallSource } from '@dialog/shared/calls.moderation.values';
import type { CallId } from '@dialog/shared/contract/values';
import type { SessionDeps } from './sessionDeps.ts';

interface Deps extends Pick<SessionDeps, 'media' | 'listSilences' | 'onSilenced'> {
  readonly callId: () => CallId;
  readonly isHeld: () => boolean;
  readonly stopSharing: () => void;
  readonly muted: () => void;
}

/**
 * What those who keep order silence of me becomes my own wish, so that no way back undoes it. What this page is told, by
 * the media server or by ours, it follows at once; what nobody could tell it, our server knows. Silences are told apart
 * by the server's times alone and none is followed twice: whoever begins again after one is not silenced by it anew.
 */
export function createOwnSilences({ media, listSilences, onSilenced, callId, isHeld, stopSharing, muted }: Deps) {
  const followed = new Map<CallSource, string>();
  let hasBegun = false;
  const end = onSilenced((silencedIn, source) => silencedIn === callId() && told(source));

  function silence(source: CallSource): void {
    if (source === 'screen') return stopSharing();
    // On hold there is nothing to silence: the devices are those of the call that I speak in.
    if (isHeld()) return;
    media.want(source, false);
    if (source === 'microphone') muted();
  }

  /** Goes through those that are new to this page; from now on none of them is. */
  async function look(take: (source: CallSource) => void): Promise<void> {
    for (const { source, at } of await listSilences(callId())) {
      if (at <= (followed.get(source) ?? '')) continue;
      followed.set(source, at);
      take(source);
    }
  }

  /** Without waiting. Where the server cannot say, coming back follows them: once too often rather than not at all. */
  function lookSoon(take: (source: CallSource) => void): void {
    look(take).catch(() => {});
  }

  /** Just now; of others the page may have missed one before. */
  function told(source: CallSource): void {
    silence(source);
    lookSoon((other) => other !== source && silence(other));
  }

  return {
    told,
    /**
     * Before a way sends anything: what was missed since the last one. What was before the first one is no matter of this
     * page. Rejects where the server cannot say.
     */
    async follow(): Promise<void> {
      if (hasBegun) return look(silence);
      hasBegun = true;
      lookSoon(() => {});
    },
    end,
  };
}
