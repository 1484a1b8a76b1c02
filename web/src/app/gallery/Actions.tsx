import { Mic, Phone, Plus, Search, Trash2, Video } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Section } from '../../ui/Section.tsx';
import { Spinner } from '../../ui/Spinner.tsx';
import styles from './Gallery.module.css';

const KINDS = ['primary', 'secondary', 'quiet', 'danger', 'dangerQuiet'] as const;
const nothing = (): void => undefined;

export function Actions(): ReactNode {
  return (
    <Section title="Button, IconButton, Spinner">
      {(['m', 's'] as const).map((size) => (
        <div key={size} className={styles['row']}>
          {KINDS.map((kind) => (
            <Button
              key={kind}
              kind={kind}
              size={size}
              icon={kind === 'primary' ? <Plus /> : undefined}
              onClick={nothing}
            >
              {kind}
            </Button>
          ))}
        </div>
      ))}
      <div className={styles['row']}>
        {KINDS.map((kind) => (
          <Button key={kind} kind={kind} disabled>
            disabled
          </Button>
        ))}
      </div>
      <div className={styles['row']}>
        {KINDS.map((kind) => (
          <Button key={kind} kind={kind} isBusy>
            busy
          </Button>
        ))}
      </div>
      <Button kind="primary" isWide>
        wide
      </Button>
      <div className={styles['row']}>
        <IconButton label="Search" keys="Ctrl+K" onClick={nothing}>
          <Search />
        </IconButton>
        <IconButton label="Call" kind="accent" onClick={nothing}>
          <Phone />
        </IconButton>
        <IconButton label="Video" kind="filled" onClick={nothing}>
          <Video />
        </IconButton>
        <IconButton label="Delete" kind="danger" onClick={nothing}>
          <Trash2 />
        </IconButton>
        <IconButton label="Microphone" aria-pressed onClick={nothing}>
          <Mic />
        </IconButton>
        <IconButton label="Search" disabled>
          <Search />
        </IconButton>
        <IconButton label="Search" size="s" onClick={nothing}>
          <Search />
        </IconButton>
        <Spinner />
        <Spinner size="l" />
      </div>
    </Section>
  );
}
