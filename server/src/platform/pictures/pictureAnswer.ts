import * as z from 'zod/mini';

/** What the picture process answers: the length of this as JSON, this as JSON, then the variants it names, one after another. */
export const PictureFacts = z.object({
  mime: z.string(),
  /** As it is seen. */
  width: z.int(),
  height: z.int(),
  thumbHash: z.string(),
  isAnimated: z.boolean(),
  /** Bytes of each variant that follows, in this order. `original` only when it had to be changed. */
  sizes: z.record(z.string(), z.int()),
});
export type PictureFacts = z.infer<typeof PictureFacts>;

export const ANSWER_HEAD_BYTES = 4;
/** 40 megapixels are smaller in any format that people use. */
export const INPUT_BYTES_MAX = 64 * 1024 * 1024;
