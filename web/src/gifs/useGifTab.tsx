import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { PickerTab } from '../emoji/pickerTab.ts';
import { lazy } from '../platform/late.ts';
import type { GifPanelProps } from './GifPanel.tsx';
import { useGifs } from './useGifs.ts';

const GifPanel = lazy(async () => ({ default: (await import('./GifPanel.tsx')).GifPanel }));

/** GIFs beside the emoji; undefined where the server has none. */
export function useGifTab({ chatId, onTaken }: Omit<GifPanelProps, 'onClose'>): PickerTab | undefined {
  const { t } = useTranslation('gifs');
  const isThere = useStore(useGifs().store, (state) => state.isThere);
  if (!isThere) return undefined;
  return {
    label: t('tab'),
    render: (close) => (
      <Suspense>
        <GifPanel chatId={chatId} onTaken={onTaken} onClose={close} />
      </Suspense>
    ),
  };
}
