import type { Attachment } from '@dialog/shared/attachments';
import type { AttachmentId } from '@dialog/shared/contract/values';
import { createContext, use, useEffect } from 'react';
import { useStore } from 'zustand';
import type { Attachments } from './attachments.ts';
import type { TrayPlace } from './attachments.trays.ts';

export const AttachmentsContext = createContext<Attachments | undefined>(undefined);

export function useAttachments(): Attachments {
  const attachments = use(AttachmentsContext);
  if (!attachments) throw new Error('outside of AttachmentsContext');
  return attachments;
}

/** Of a file in a message: `none` once the message is posted. */
export type UploadState = 'none' | 'waiting' | 'refused';

const NONE: readonly Attachment[] = [];

/** What is picked in a place and not sent yet. */
export function useTray(place: TrayPlace): readonly Attachment[] {
  return useStore(useAttachments().trays.store, (trays) => trays.get(place) ?? NONE);
}

/** Where this page itself holds a file; undefined when only the server has it. */
export function useLocalAddress(id: AttachmentId, isOnlyHere: boolean): string | undefined {
  const { files } = useAttachments();
  useEffect(() => {
    if (isOnlyHere) files.want(id);
  }, [files, id, isOnlyHere]);
  return useStore(files.addresses, (addresses) => addresses.get(id));
}
