import { CircleAlert, CircleCheck, Info, MessagesSquare, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Section } from '../../ui/Section.tsx';
import { toast } from '../../ui/toast.ts';
import styles from './Gallery.module.css';

const nothing = (): void => undefined;

export function Notices(): ReactNode {
  return (
    <Section title="Banner, EmptyState, Toaster">
      <div className={styles['stack']}>
        <Banner icon={<Info />} isRounded action={<Button size="s">Reload</Button>}>
          A new version is ready.
        </Banner>
        <Banner kind="success" icon={<CircleCheck />} isRounded>
          Everything was sent.
        </Banner>
        <Banner kind="warning" icon={<TriangleAlert />} isRounded>
          The microphone is silent.
        </Banner>
        <Banner kind="danger" icon={<CircleAlert />} isRounded>
          The server cannot be reached right now.
        </Banner>
      </div>
      <div className={styles['frame']}>
        <EmptyState
          icon={<MessagesSquare />}
          title="No chats yet"
          text="Start one with someone whose user name you know, or make a group."
          action={<Button kind="primary">New chat</Button>}
        />
      </div>
      <div className={styles['row']}>
        <Button onClick={() => toast('Copied')}>Toast</Button>
        <Button onClick={() => toast('Password changed', { kind: 'success' })}>Success</Button>
        <Button
          onClick={() => toast('That did not work', { kind: 'danger', action: { label: 'Retry', run: nothing } })}
        >
          Failure
        </Button>
      </div>
    </Section>
  );
}
