import { memo, type ReactNode } from 'react';
import { linkify } from './linkify.ts';

/** A person's text: as written, with addresses to follow. React escapes all of it. */
export const RichText = memo(function RichText({ text }: { readonly text: string }): ReactNode {
  let offset = 0;
  return linkify(text).map(({ text: part, href }) => {
    const key = offset;
    offset += part.length;
    if (href === undefined) return part;
    return (
      <a key={key} href={href} target="_blank" rel="noopener noreferrer" dir="ltr">
        {part}
      </a>
    );
  });
});
