import type { ComponentProps, ReactNode } from 'react';
import { ThreadPane } from '../messages/ThreadPane.tsx';
import { PickingContexts } from './PickingContexts.tsx';

/** A thread beside its conversation. */
export function ThreadHere(props: ComponentProps<typeof ThreadPane>): ReactNode {
  return (
    <PickingContexts chatId={props.chatId}>
      <ThreadPane {...props} />
    </PickingContexts>
  );
}
