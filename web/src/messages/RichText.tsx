import { memo, type ReactNode } from 'react';
import { linkify } from '../markup/linkify.ts';
import { mayHoldMarkup } from '../markup/mayHoldMarkup.ts';
import { useLate } from '../platform/late.ts';
import { OutLink } from './OutLink.tsx';
import { richBlocksLate } from './richBlocks.late.ts';

/** A person's text. React escapes all of it; what it may become is a list in `markup/tree.ts`. */
export const RichText = memo(function RichText({ text }: { readonly text: string }): ReactNode {
  const isMarked = mayHoldMarkup(text);
  const rich = useLate(richBlocksLate, isMarked);
  return isMarked && rich ? <rich.RichBlocks text={text} /> : <PlainText text={text} />;
});

/** As written, with addresses to follow. */
function PlainText({ text }: { readonly text: string }): ReactNode {
  let offset = 0;
  return linkify(text).map(({ text: part, href }) => {
    const key = offset;
    offset += part.length;
    if (href === undefined) return part;
    return (
      <OutLink key={key} href={href}>
        {part}
      </OutLink>
    );
  });
}
