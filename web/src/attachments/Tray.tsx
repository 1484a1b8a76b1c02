import type { Attachment } from '@dialog/shared/attachments';
import { Play, X } from 'lucide-react';
import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../ui/IconButton.tsx';
import { FileIcon } from './FileIcon.tsx';
import { fileSize } from './fileSize.ts';
import styles from './Tray.module.css';
import { useAttachments, useLocalAddress, useTray } from './useAttachments.ts';
import type { TrayPlace } from './attachments.trays.ts';

/** Above the composer: what will go with the next message, in its order. */
export function Tray({ place }: { readonly place: TrayPlace }): ReactNode {
  const { t } = useTranslation('attachments');
  const { trays } = useAttachments();
  const tray = useTray(place);
  if (tray.length === 0) return null;
  return (
    <ul className={styles['tray']} aria-label={t('tray', { count: tray.length })}>
      {tray.map((attachment) => (
        <li key={attachment.id} className={styles['item']} data-kind={attachment.kind}>
          <Preview attachment={attachment} />
          <span className={styles['remove']}>
            <IconButton
              size="s"
              label={t('remove', { name: attachment.name })}
              hasTooltip={false}
              onClick={() => trays.remove(place, attachment.id)}
            >
              <X />
            </IconButton>
          </span>
        </li>
      ))}
    </ul>
  );
}

function Preview({ attachment }: { readonly attachment: Attachment }): ReactNode {
  const { i18n } = useTranslation('attachments');
  const { id, kind, name, size } = attachment;
  const address = useLocalAddress(id, false);
  if (kind === 'picture') return <img className={styles['picture']} src={address} alt={name} />;
  if (kind === 'video')
    return (
      <>
        {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- a still of what was just picked */}
        <video className={styles['picture']} src={address} preload="metadata" aria-label={name} tabIndex={-1} />
        <Play className={styles['play']} aria-hidden="true" />
      </>
    );
  return (
    <span className={styles['file']}>
      <FileIcon attachment={attachment} />
      <span className={styles['lines']}>
        <bdi className={styles['name']}>{name}</bdi>
        <span className={styles['size']}>{fileSize(size, i18n.language)}</span>
      </span>
    </span>
  );
}
