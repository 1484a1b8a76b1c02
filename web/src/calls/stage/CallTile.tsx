import { Pin, ScreenShare } from 'lucide-react';
import { type ReactNode, Suspense, memo } from 'react';
import { useTranslation } from 'react-i18next';
import { classes } from '../../ui/classes.ts';
import type { Participant } from '../transport/media.transport.ts';
import { otherSide } from '../devices/opening.ts';
import { ScreenPicture } from '../share/late.ts';
import { useLocalMedia } from '../useCalls.ts';
import styles from './CallTile.module.css';
import { readTile, type TileId, type TileKind } from './layout.ts';
import { PersonMenu } from './PersonMenu.tsx';
import type { PlacedTile } from './placing.ts';
import { Floating } from './Reactions.tsx';
import { Face, hueClass } from './TileFace.tsx';
import { HandSign, Signs } from './TileSigns.tsx';
import { useParticipant, useStage, useStageState } from './useStage.ts';
import { VideoView } from './VideoView.tsx';

interface CallTileProps extends PlacedTile {
  /** Only to look at: in a small window there is no room for more. */
  readonly isBare?: boolean;
}

/** Smaller, and fingers find the menu in the list of people. In px. */
const SMALL = 200;

/** One person or one shared screen; drawn anew only for what happens to them. A press shows it large, the next one no longer. */
export const CallTile = memo(function CallTile({ x, y, width, height, ...tile }: CallTileProps): ReactNode {
  const { identity, kind } = readTile(tile.id);
  const participant = useParticipant(identity);
  if (!participant) return null;
  const isSpeaking = kind === 'person' && participant.isSpeaking;
  return (
    <li
      className={classes(
        styles['tile'],
        styles[tile.role],
        hueClass(participant.userId),
        isSpeaking && styles['speaking'],
        (participant.isLost || participant.isOnHold) && styles['away'],
      )}
      style={{ insetInlineStart: x, insetBlockStart: y, inlineSize: width, blockSize: height }}
      data-testid="call-tile"
      data-kind={kind}
      data-role={tile.role}
      data-is-small={width < SMALL}
    >
      <Inside {...tile} kind={kind} participant={participant} />
    </li>
  );
});

interface InsideProps extends Pick<CallTileProps, 'id' | 'role' | 'isBare'> {
  readonly kind: TileKind;
  readonly participant: Participant;
}

function Inside({ id, role, kind, participant, isBare = false }: InsideProps): ReactNode {
  const title = useTileTitle(participant, kind);
  // There a press zooms, drags and points.
  const isLargeScreen = kind === 'screen' && role === 'main' && !isBare;
  return (
    <>
      {kind === 'screen' ? (
        <TileScreen id={id} participant={participant} title={title} isMain={isLargeScreen} />
      ) : (
        <TilePicture participant={participant} title={title} isWhole={role === 'main'} />
      )}
      {!isBare && !isLargeScreen && <PinArea id={id} title={title} />}
      {kind === 'person' && <OverPerson participant={participant} isBare={isBare} />}
      <span className={styles['foot']}>
        {kind === 'screen' ? <ScreenShare aria-hidden="true" /> : <Signs participant={participant} />}
        <span className={styles['name']}>
          <bdi>{title}</bdi>
        </span>
        <PinSign id={id} />
      </span>
    </>
  );
}

function PinArea({ id, title }: { readonly id: TileId; readonly title: string }): ReactNode {
  const { t } = useTranslation('calls');
  const stage = useStage();
  const isPinned = useStageState(({ pinned }) => pinned === id);
  return (
    <button
      type="button"
      className={styles['pin']}
      aria-pressed={isPinned}
      aria-label={t(isPinned ? 'unpin' : 'pin', { name: title })}
      onClick={() => stage.pin(id)}
    />
  );
}

function PinSign({ id }: { readonly id: TileId }): ReactNode {
  const isPinned = useStageState(({ pinned }) => pinned === id);
  return isPinned && <Pin aria-hidden="true" />;
}

function OverPerson({
  participant,
  isBare,
}: Pick<InsideProps, 'participant'> & { readonly isBare: boolean }): ReactNode {
  return (
    <>
      <Floating identity={participant.identity} />
      {participant.isOnHold && <OnHold name={participant.name} />}
      <span className={styles['top']}>
        <HandSign participant={participant} />
        {!isBare && (
          <span className={styles['menu']}>
            <PersonMenu participant={participant} />
          </span>
        )}
      </span>
    </>
  );
}

/** Why nothing is heard of them. Their sign says it to screen readers. */
function OnHold({ name }: Pick<Participant, 'name'>): ReactNode {
  const { t } = useTranslation('stage');
  return (
    <span className={styles['onHold']} aria-hidden="true">
      {t('onHold', { name })}
    </span>
  );
}

interface TileScreenProps extends Pick<InsideProps, 'id' | 'participant'> {
  readonly title: string;
  readonly isMain: boolean;
}

function TileScreen({ id, ...screen }: TileScreenProps): ReactNode {
  const stage = useStage();
  const isPinned = useStageState(({ pinned }) => pinned === id);
  return (
    <Suspense>
      <ScreenPicture {...screen} onUnpin={isPinned ? () => stage.pin(id) : undefined} />
    </Suspense>
  );
}

interface TilePictureProps {
  readonly participant: Participant;
  readonly title: string;
  /** All of it is shown, and nothing cut off. */
  readonly isWhole: boolean;
}

function TilePicture({ participant, title, isWhole }: TilePictureProps): ReactNode {
  const { camera: video, isMe } = participant;
  const isHidden = useLocalMedia(({ habits }) => isMe && habits.isSelfHidden);
  const isMirrored = useLocalMedia(({ camera }) => isMe && otherSide(camera.raw) !== 'user');
  if (!video || isHidden) return <Face participant={participant} />;
  return <VideoView video={video} label={title} fit={isWhole ? 'contain' : 'cover'} isMirrored={isMirrored} />;
}

function useTileTitle({ name, isMe }: Participant, kind: TileKind): string {
  const { t } = useTranslation('calls');
  if (kind === 'screen') return isMe ? t('yourScreen') : t('screenOf', { name });
  return isMe ? t('nameAndYou', { name }) : name;
}
