import { Pencil, Reply, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { IconButton } from '../ui/IconButton.tsx';
import { QuotedLines } from './Quote.tsx';
import styles from './TaskBar.module.css';
import { useDesk } from './useDesk.ts';

/** Above the composer: which message is answered or edited. */
export function TaskBar(): ReactNode {
  const { t } = useTranslation('messages');
  const desk = useDesk();
  const task = useStore(desk, (state) => state.task);
  if (task.kind === 'new') return null;
  const isReply = task.kind === 'reply';
  return (
    <div className={styles['bar']}>
      {isReply ? <Reply aria-hidden="true" /> : <Pencil aria-hidden="true" />}
      <span className="visually-hidden">{t(isReply ? 'replying' : 'editing')}</span>
      <QuotedLines quoted={isReply ? task.to : task.message} />
      <IconButton
        size="s"
        label={t(isReply ? 'cancelReply' : 'cancelEdit')}
        hasTooltip={false}
        onClick={() => desk.setState({ task: { kind: 'new' } })}
      >
        <X />
      </IconButton>
    </div>
  );
}
