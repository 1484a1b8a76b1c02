import type { ChatId } from '@dialog/shared/contract/values';
import { type ComponentType, type ReactNode, Suspense } from 'react';
import { useStore } from 'zustand';
import { lazy } from '../platform/late.ts';
import { useAttachments } from './useAttachments.ts';

export interface CaptionProps {
  readonly chatId: ChatId;
  /** Of the message. */
  readonly position: number;
}

const Gallery = lazy(async () => ({ default: (await import('./Gallery.tsx')).Gallery }));

/** Over every page. What a message says to its pictures the messages know: app hands it in. */
export function GalleryLayer({ Caption }: { readonly Caption: ComponentType<CaptionProps> }): ReactNode {
  const isOpen = useStore(useAttachments().gallery.store, (state) => state !== null);
  return (
    isOpen && (
      <Suspense>
        <Gallery Caption={Caption} />
      </Suspense>
    )
  );
}
