import { Paperclip } from 'lucide-react';
import { type ClipboardEvent, type DragEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { classes } from '../ui/classes.ts';
import styles from './DropArea.module.css';
import { useAddFiles } from './useAddFiles.ts';
import type { TrayPlace } from './attachments.trays.ts';

interface DropAreaProps {
  readonly place: TrayPlace;
  readonly className: string | undefined;
  readonly children: ReactNode;
}

/** Takes what is dropped on a conversation, or pasted anywhere in it, into its tray. */
export function DropArea({ place, className, children }: DropAreaProps): ReactNode {
  const { t } = useTranslation('attachments');
  const addFiles = useAddFiles(place);
  const [isOver, setOver] = useState(false);
  /** Entering a part comes before leaving the part before. */
  const depth = useRef(0);

  useSafeMisses();

  function leave(): void {
    depth.current = 0;
    setOver(false);
  }

  function onPaste(event: ClipboardEvent): void {
    const files = [...event.clipboardData.files];
    // Office programs put a picture of the text beside the text: the text is what is meant.
    const { types } = event.clipboardData;
    if (files.length === 0 || (types.includes('text/plain') && types.includes('text/html'))) return;
    event.preventDefault();
    addFiles(files);
  }

  return (
    <div
      className={classes(styles['area'], className)}
      onPaste={onPaste}
      onDragEnter={(event) => {
        if (!bringsFiles(event)) return;
        event.preventDefault();
        depth.current += 1;
        setOver(true);
      }}
      onDragOver={(event) => {
        if (bringsFiles(event)) event.preventDefault();
      }}
      onDragLeave={(event) => {
        if (!bringsFiles(event)) return;
        depth.current -= 1;
        if (depth.current <= 0) leave();
      }}
      onDrop={(event) => {
        if (!bringsFiles(event)) return;
        event.preventDefault();
        leave();
        addFiles(filesOf(event));
      }}
    >
      {children}
      {isOver && (
        <div className={styles['over']}>
          <p className={styles['words']}>
            <Paperclip aria-hidden="true" />
            {t('drop')}
          </p>
        </div>
      )}
    </div>
  );
}

/** A file dropped beside the conversation must not take the place of the whole page. */
function useSafeMisses(): void {
  useEffect(() => {
    const ending = new AbortController();
    const miss = (event: globalThis.DragEvent): void => {
      if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
    };
    addEventListener('dragover', miss, ending);
    addEventListener('drop', miss, ending);
    return () => ending.abort();
  }, []);
}

function bringsFiles({ dataTransfer }: DragEvent): boolean {
  return dataTransfer.types.includes('Files');
}

/** Without folders, which look like files that cannot be read. */
function filesOf({ dataTransfer }: DragEvent): readonly File[] {
  return [...dataTransfer.items].flatMap((item) => {
    if (item.kind !== 'file' || item.webkitGetAsEntry()?.isDirectory === true) return [];
    return item.getAsFile() ?? [];
  });
}
