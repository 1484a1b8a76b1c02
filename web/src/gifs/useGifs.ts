import { createContext, use } from 'react';
import type { Gifs } from './gifs.ts';

export const GifsContext = createContext<Gifs | undefined>(undefined);

export function useGifs(): Gifs {
  const gifs = use(GifsContext);
  if (!gifs) throw new Error('outside of GifsContext');
  return gifs;
}
