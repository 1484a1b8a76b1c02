import type { UserId } from '@dialog/shared/contract/values';

/** What stands in a line of text. */
export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  /** `:name:`, which is an emoji where one of that name is known. */
  | { readonly kind: 'emoji'; readonly text: string }
  | { readonly kind: 'strong' | 'emphasis' | 'strike' | 'spoiler'; readonly children: readonly Inline[] }
  /** `href` is http, https or mailto, whatever was written. */
  | { readonly kind: 'link'; readonly href: string; readonly children: readonly Inline[] }
  | { readonly kind: 'person'; readonly userId: UserId }
  | { readonly kind: 'everyone' };

export interface ListItem {
  /** As written, for lists with numbers; null for bullets. */
  readonly number: number | null;
  readonly blocks: readonly Block[];
}

/** What stands between line breaks. Line breaks within a paragraph are in its texts. */
export type Block =
  | { readonly kind: 'paragraph'; readonly children: readonly Inline[] }
  | { readonly kind: 'code'; readonly language: string; readonly text: string }
  | { readonly kind: 'quote'; readonly blocks: readonly Block[] }
  | { readonly kind: 'list'; readonly items: readonly ListItem[] };
