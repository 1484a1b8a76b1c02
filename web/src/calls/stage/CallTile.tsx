import { MicOff, Pin, ScreenShare, WifiLow, WifiOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { avatarUrl } from '../../users/avatarUrl.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { classes } from '../../ui/classes.ts';
import styles from './CallTile.module.css';
import type { Tile } from './layout.ts';
import type { Participant } from '../transport/media.transport.ts';
import { otherSide } from '../devices/opening.ts';
import { useActive, useCalls, useLocalMedia } from '../useCalls.ts';
import { VideoView } from './VideoView.tsx';

interface CallTileProps {
  readonly tile: Tile;
  readonly isMain?: boolean;
}

/** One person or one shared screen. A press shows it large, the next one no longer. */
export function CallTile({ tile, isMain = false }: CallTileProps): ReactNode {
  const { t } = useTranslation('calls');
  const { own } = useCalls();
  const isPinned = useActive(({ pinned }) => pinned === tile.id);
  const { participant, kind } = tile;
  const title = useTileTitle(tile);
  const isSpeaking = participant.isSpeaking && kind === 'person';
  const look = classes(styles['tile'], isSpeaking && styles['speaking'], participant.isLost && styles['lost']);
  return (
    <li className={look} data-testid="call-tile" data-kind={kind}>
      <Picture tile={tile} title={title} isMain={isMain} />
      <button
        type="button"
        className={styles['pin']}
        aria-pressed={isPinned}
        aria-label={t(isPinned ? 'unpin' : 'pin', { name: title })}
        onClick={() => own.pin(tile.id)}
      />
      <span className={styles['foot']}>
        {kind === 'screen' ? <ScreenShare aria-hidden="true" /> : <Signs participant={participant} />}
        <span className={styles['name']}>{title}</span>
        {isPinned && <Pin aria-hidden="true" />}
      </span>
    </li>
  );
}

function Picture({
  tile,
  title,
  isMain,
}: {
  readonly tile: Tile;
  readonly title: string;
  readonly isMain: boolean;
}): ReactNode {
  const { participant, kind, video } = tile;
  const isScreen = kind === 'screen';
  const isMyFace = participant.isMe && !isScreen;
  const isHidden = useLocalMedia(({ habits }) => isMyFace && habits.isSelfHidden);
  const isMirrored = useLocalMedia(({ camera }) => isMyFace && otherSide(camera.raw) !== 'user');
  if (video && !isHidden)
    return (
      <VideoView video={video} label={title} fit={isScreen || isMain ? 'contain' : 'cover'} isMirrored={isMirrored} />
    );
  return (
    <span className={styles['face']}>
      <Face participant={participant} size={isMain ? 128 : 72} />
    </span>
  );
}

function Face({ participant, size }: { readonly participant: Participant; readonly size: number }): ReactNode {
  const { people } = useCalls().chats;
  const { userId, name } = participant;
  const avatarId = useStore(people.store, (known) => known.get(userId)?.avatarId);
  return <Avatar name={name} id={userId} size={size} picture={avatarUrl({ avatarId }, size)} />;
}

/** How someone is doing: silent, speaking, hardly or no longer connected. */
function Signs({ participant }: { readonly participant: Participant }): ReactNode {
  const { t } = useTranslation('calls');
  const { name, isMuted, isSpeaking, isLost, isPoor, isMe } = participant;
  if (isLost) return <Sign icon={<WifiOff className={styles['poor']} />} text={t('lostPerson', { name })} />;
  return (
    <>
      {isMuted && <Sign icon={<MicOff className={styles['muted']} />} text={t('muted')} />}
      {isPoor && (
        <Sign icon={<WifiLow className={styles['poor']} />} text={isMe ? t('yourPoorLink') : t('poorLink', { name })} />
      )}
      {isSpeaking && <span className="visually-hidden">{t('speaking')}</span>}
    </>
  );
}

function Sign({ icon, text }: { readonly icon: ReactNode; readonly text: string }): ReactNode {
  return (
    <span title={text}>
      {icon}
      <span className="visually-hidden">{text}</span>
    </span>
  );
}

function useTileTitle({ kind, participant }: Tile): string {
  const { t } = useTranslation('calls');
  const { name, isMe } = participant;
  if (kind === 'screen') return isMe ? t('yourScreen') : t('screenOf', { name });
  return isMe ? t('nameAndYou', { name }) : name;
}
