import { Dialog } from '@base-ui/react/dialog';
import { filePath, type SentAttachment } from '@dialog/shared/attachments';
import { ChevronLeft, ChevronRight, Download, X } from 'lucide-react';
import { type ComponentType, type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { dateAndTime } from '../chats/times.ts';
import { usePersonName } from '../chats/useChats.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { galleryItems, type GalleryState } from './gallery.ts';
import styles from './Gallery.module.css';
import type { CaptionProps } from './GalleryLayer.tsx';
import { GalleryPicture, type ZoomKeys } from './GalleryPicture.tsx';
import { keyOf } from './mediaLists.ts';
import { useAttachments } from './useAttachments.ts';

interface GalleryProps {
  readonly Caption: ComponentType<CaptionProps>;
}

/** Pictures and videos over the whole page, one at a time; arrows lead through the chat. */
export function Gallery({ Caption }: GalleryProps): ReactNode {
  const { gallery } = useAttachments();
  const state = useStore(gallery.store);
  return (
    <Dialog.Root open={state !== null} onOpenChange={(isOpen) => !isOpen && gallery.close()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={styles['backdrop']} />
        {state && <Opened state={state} Caption={Caption} />}
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Opened({ state, Caption }: GalleryProps & { readonly state: NonNullable<GalleryState> }): ReactNode {
  const { t } = useTranslation('attachments');
  const { gallery, lists } = useAttachments();
  const { chatId, currentId } = state;
  const list = useStore(lists.store, (all) => all.get(keyOf(chatId, 'media')));
  const items = galleryItems(state, list?.items ?? []);
  const index = items.findIndex(({ attachment }) => attachment.id === currentId);
  const current = items[index];
  const [older, newer] = [items[index - 1], items[index + 1]];
  const zoom = useRef<ZoomKeys>(null);
  const popup = useRef<HTMLDivElement>(null);
  usePreloaded(older, newer);
  const isNearEnd = index >= 0 && index < 3 && list?.hasMore === true && list.state === 'ready';
  useEffect(() => {
    if (isNearEnd) void lists.loadMore(chatId, 'media');
  }, [isNearEnd, lists, chatId]);

  function go(to: SentAttachment | undefined): void {
    if (to) gallery.show(to.attachment.id);
  }

  function onKeyDown(event: KeyboardEvent): void {
    // A video has its arrows to itself.
    if (event.target instanceof HTMLVideoElement) return;
    const isRtl = document.documentElement.dir === 'rtl';
    const acts: Readonly<Record<string, (() => void) | undefined>> = {
      ArrowLeft: () => go(isRtl ? newer : older),
      ArrowRight: () => go(isRtl ? older : newer),
      Home: () => go(items[0]),
      End: () => go(items.at(-1)),
      '+': zoom.current?.larger,
      '=': zoom.current?.larger,
      '-': zoom.current?.smaller,
      '0': zoom.current?.whole,
    };
    const act = acts[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  }

  if (!current) return null;
  return (
    <Dialog.Popup
      ref={popup}
      className={styles['gallery']}
      data-theme="dark"
      data-current={currentId}
      initialFocus={popup}
      onKeyDown={onKeyDown}
    >
      <Head current={current} place={t('place', { index: index + 1, count: items.length })} />
      <div className={styles['stage']}>
        <Shown key={currentId} current={current} zoom={zoom} onSwipe={(to) => go(to === 'older' ? older : newer)} />
        <Turn to="older" isThere={older !== undefined} onTurn={() => go(older)} />
        <Turn to="newer" isThere={newer !== undefined} onTurn={() => go(newer)} />
      </div>
      <div className={styles['caption']}>
        <Caption chatId={chatId} position={current.position} />
      </div>
    </Dialog.Popup>
  );
}

function Head({ current, place }: { readonly current: SentAttachment; readonly place: string }): ReactNode {
  const { t, i18n } = useTranslation('attachments');
  const { gallery } = useAttachments();
  const { attachment, senderId, sentAt } = current;
  const name = usePersonName(senderId);
  return (
    <header className={styles['head']}>
      <div className={styles['who']}>
        <Dialog.Title className={styles['name']}>
          <bdi>{name}</bdi>
        </Dialog.Title>
        <p className={styles['when']}>
          <time dateTime={sentAt}>{dateAndTime(sentAt, i18n.language)}</time>
        </p>
      </div>
      <output className={styles['place']}>{place}</output>
      <a
        className={styles['download']}
        href={`${filePath(attachment.id, 'original')}?download=1`}
        download
        aria-label={t('download', { name: attachment.name })}
        data-tooltip={t('download', { name: attachment.name })}
      >
        <Download aria-hidden="true" />
      </a>
      <IconButton label={t('close')} onClick={gallery.close}>
        <X />
      </IconButton>
    </header>
  );
}

interface ShownProps {
  readonly current: SentAttachment;
  readonly zoom: React.RefObject<ZoomKeys | null>;
  readonly onSwipe: (to: 'older' | 'newer') => void;
}

function Shown({ current: { attachment }, zoom, onSwipe }: ShownProps): ReactNode {
  const { gallery } = useAttachments();
  if (attachment.kind === 'picture')
    return <GalleryPicture attachment={attachment} zoom={zoom} onSwipe={onSwipe} onDismiss={gallery.close} />;
  return (
    // oxlint-disable-next-line jsx-a11y/media-has-caption -- people send videos without
    <video
      className={styles['video']}
      src={filePath(attachment.id, 'original')}
      poster={attachment.hasPoster ? filePath(attachment.id, 'poster') : undefined}
      aria-label={attachment.name}
      controls
      autoPlay
    />
  );
}

interface TurnProps {
  readonly to: 'older' | 'newer';
  readonly isThere: boolean;
  readonly onTurn: () => void;
}

function Turn({ to, isThere, onTurn }: TurnProps): ReactNode {
  const { t } = useTranslation('attachments');
  if (!isThere) return null;
  return (
    <button type="button" className={styles[to]} aria-label={t(to)} onClick={onTurn}>
      {to === 'older' ? <ChevronLeft aria-hidden="true" /> : <ChevronRight aria-hidden="true" />}
    </button>
  );
}

/** The next press should not have to wait. */
function usePreloaded(...neighbours: readonly (SentAttachment | undefined)[]): void {
  const addresses = neighbours.flatMap((one) =>
    one?.attachment.kind === 'picture' ? [filePath(one.attachment.id, 'display')] : [],
  );
  const key = addresses.join(' ');
  useEffect(() => {
    for (const address of key.split(' ')) if (address !== '') new Image().src = address;
  }, [key]);
}
