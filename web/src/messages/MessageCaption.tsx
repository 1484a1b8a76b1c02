import type { ReactNode } from 'react';
import type { CaptionProps } from '../attachments/GalleryLayer.tsx';
import { RichText } from './RichText.tsx';
import { useQuoted } from './useQuoted.ts';

/** What a message says to its pictures, while one of them is looked at. */
export function MessageCaption({ chatId, position }: CaptionProps): ReactNode {
  const message = useQuoted(chatId, position);
  const text = message?.content.kind === 'text' ? message.content.text : '';
  return text !== '' && <RichText text={text} />;
}
