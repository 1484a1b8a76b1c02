import * as z from 'zod/mini';

const CodeToken = z.object({
  text: z.string(),
  /** What it is in its language, where the grammar says: `keyword`, `string` … */
  kind: z.optional(z.string()),
});

/** Code in pieces, line by line. */
export const CodeLines = z.array(z.array(CodeToken));
export type CodeLines = z.infer<typeof CodeLines>;

/** What the page asks of the worker. */
export interface HighlightQuestion {
  readonly id: number;
  readonly language: string;
  readonly code: string;
}
