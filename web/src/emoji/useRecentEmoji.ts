import { createContext, use } from 'react';
import type { RecentEmoji } from './recentEmoji.ts';

export const RecentEmojiContext = createContext<RecentEmoji | undefined>(undefined);

export function useRecentEmoji(): RecentEmoji {
  const recent = use(RecentEmojiContext);
  if (!recent) throw new Error('outside of RecentEmojiContext');
  return recent;
}
