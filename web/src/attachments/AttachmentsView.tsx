import type { Attachment } from '@dialog/shared/attachments';
import type { ChatId, UserId } from '@dialog/shared/contract/values';
import type { ReactNode } from 'react';
import { layOutAlbum, placeOfSingle } from './album.ts';
import type { UploadState } from './useAttachments.ts';
import styles from './AttachmentsView.module.css';
import { FileRow } from './FileRow.tsx';
import { PictureView } from './PictureView.tsx';
import { SoundRow } from './SoundRow.tsx';
import { VideoCell, VideoView } from './VideoView.tsx';

interface AttachmentsViewProps {
  readonly attachments: readonly Attachment[];
  readonly chatId: ChatId;
  readonly senderId: UserId;
  /** Of its message; null while that is not posted. */
  readonly position: number | null;
  readonly upload: UploadState;
}

/** The files of a message: what is seen as one picture or an album, the others in rows below it. */
export function AttachmentsView(props: AttachmentsViewProps): ReactNode {
  const { attachments, chatId, senderId, position, upload } = props;
  const seen = attachments.filter(isSeen);
  const others = attachments.filter((one) => !isSeen(one));
  const [first] = seen;
  return (
    <div className={styles['attachments']} data-ends={others.at(-1)?.kind}>
      {seen.length === 1 && first && <Single attachment={first} upload={upload} />}
      {seen.length > 1 && <Album attachments={seen} upload={upload} />}
      {others.map((attachment) =>
        attachment.kind === 'file' ? (
          <FileRow key={attachment.id} attachment={attachment} upload={upload} />
        ) : (
          <SoundRow key={attachment.id} track={{ attachment, chatId, senderId, position }} upload={upload} />
        ),
      )}
    </div>
  );
}

function isSeen({ kind }: Attachment): boolean {
  return kind === 'picture' || kind === 'video';
}

interface OneProps {
  readonly attachment: Attachment;
  readonly upload: UploadState;
}

function Single({ attachment, upload }: OneProps): ReactNode {
  const { width, height } = placeOfSingle(
    attachment.kind === 'video' ? { width: 16, height: 9, ...attachment } : attachment,
  );
  return (
    <div className={styles['single']} style={{ inlineSize: width, aspectRatio: `${width} / ${height}` }}>
      {attachment.kind === 'video' ? (
        <VideoView attachment={attachment} upload={upload} />
      ) : (
        <PictureView attachment={attachment} upload={upload} shownPx={width} />
      )}
    </div>
  );
}

const ALBUM_PX = 360;

function Album({ attachments, upload }: Pick<AttachmentsViewProps, 'attachments' | 'upload'>): ReactNode {
  return (
    <div className={styles['album']} style={{ inlineSize: ALBUM_PX }}>
      {layOutAlbum(attachments).map(({ ratio, cells }) => (
        <div key={cells[0]?.index} className={styles['row']} style={{ aspectRatio: ratio }}>
          {cells.map(({ index, share }) => (
            <div key={index} className={styles['cell']} style={{ flexGrow: share }}>
              <Cell attachment={attachments[index]} upload={upload} shownPx={ALBUM_PX * share} />
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}

interface CellProps extends Omit<OneProps, 'attachment'> {
  readonly attachment: Attachment | undefined;
  readonly shownPx: number;
}

function Cell({ attachment, upload, shownPx }: CellProps): ReactNode {
  if (!attachment) return null;
  if (attachment.kind === 'video') return <VideoCell attachment={attachment} upload={upload} />;
  return <PictureView attachment={attachment} upload={upload} shownPx={shownPx} />;
}
