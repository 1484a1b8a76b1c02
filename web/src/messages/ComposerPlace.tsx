import { type ReactNode, Suspense } from 'react';
import { useStore } from 'zustand';
import { lazy } from '../platform/late.ts';
import { Composer, type ComposerProps } from './Composer.tsx';
import { PostingNotice } from './PostingNotice.tsx';
import { useDesk } from './useDesk.ts';
import { usePostingRule } from './usePostingRule.ts';

const BlockedNotice = lazy(async () => ({ default: (await import('./BlockedNotice.tsx')).BlockedNotice }));

type ComposerPlaceProps = Omit<ComposerProps, 'notice' | 'isHeld'>;

/** The composer where one may post, and why not where one may not; what was posted before can be edited all the same. */
export function ComposerPlace(props: ComposerPlaceProps): ReactNode {
  const isEditing = useStore(useDesk(), (state) => state.task.kind === 'edit');
  const rule = usePostingRule(props.chatId);
  if (isEditing || rule.kind === 'free') return <Composer {...props} />;
  if (rule.kind === 'closed') return <PostingNotice rule={rule} />;
  if (rule.kind === 'blocked') {
    return (
      <Suspense>
        <BlockedNotice user={rule.user} />
      </Suspense>
    );
  }
  return <Composer {...props} isHeld notice={<PostingNotice rule={rule} />} />;
}
