import * as z from 'zod/mini';
import { Uuid } from './contract/values.ts';

export const PREVIEW_URL_MAX = 2_048;
export const PREVIEW_SITE_NAME_MAX = 80;
export const PREVIEW_TITLE_MAX = 200;
export const PREVIEW_TEXT_MAX = 400;
/** Pictures are made no larger than this. */
export const PREVIEW_PICTURE_WIDTH = 800;
export const PREVIEW_PICTURE_HEIGHT = 420;

export const PreviewPictureId = Uuid.brand<'PreviewPictureId'>();
export type PreviewPictureId = z.infer<typeof PreviewPictureId>;

/** What a page says of itself, cleaned: one line each, no control or bidi characters. It may lie; its address does not. */
export const Preview = z.object({
  /** As it stands in the message, so that a card leads where the words do. */
  url: z.string().check(z.maxLength(PREVIEW_URL_MAX)),
  siteName: z.optional(z.string().check(z.maxLength(PREVIEW_SITE_NAME_MAX))),
  title: z.optional(z.string().check(z.maxLength(PREVIEW_TITLE_MAX))),
  text: z.optional(z.string().check(z.maxLength(PREVIEW_TEXT_MAX))),
  picture: z.optional(
    z.object({
      id: PreviewPictureId,
      width: z.int().check(z.positive()),
      height: z.int().check(z.positive()),
      /** Base64: a blur to show until the picture is there. */
      thumbHash: z.optional(z.string().check(z.maxLength(64))),
    }),
  ),
});
export type Preview = z.infer<typeof Preview>;
