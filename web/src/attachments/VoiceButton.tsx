import type { Attachment } from '@dialog/shared/attachments';
import type { ChatId } from '@dialog/shared/contract/values';
import { Mic } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { IconButton } from '../ui/IconButton.tsx';
import { createRecorder } from './recorder.ts';
import { useHold } from './useHold.ts';
import { VoicePanel } from './VoicePanel.tsx';
import styles from './VoicePanel.module.css';

interface VoiceButtonProps {
  readonly chatId: ChatId;
  /** False: something is written. What is being recorded goes on all the same, whatever another device writes. */
  readonly isOffered: boolean;
  readonly onSend: (voice: Attachment) => void;
}

/** Records a voice note: as long as it is held, or from one press to the next. Covers the composer meanwhile. */
export function VoiceButton({ chatId, isOffered, onSend }: VoiceButtonProps): ReactNode {
  const { t } = useTranslation('attachments');
  const [recorder] = useState(createRecorder);
  const kind = useStore(recorder.store, (state) => state.kind);
  const { hold, handlers } = useHold(recorder);
  useEffect(() => recorder.cancel, [recorder]);
  return (
    <>
      {(isOffered || kind !== 'idle') && (
        <span className={styles['button']}>
          <IconButton label={t('record')} hasTooltip={false} {...handlers}>
            <Mic />
          </IconButton>
        </span>
      )}
      {kind !== 'idle' && <VoicePanel chatId={chatId} recorder={recorder} hold={hold} onSend={onSend} />}
    </>
  );
}
