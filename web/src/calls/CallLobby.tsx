import { Mic, MicOff, Video, VideoOff } from 'lucide-react';
import { type ReactNode, useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Banner } from '../ui/Banner.tsx';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { LevelMeter } from '../ui/LevelMeter.tsx';
import styles from './CallLobby.module.css';
import type { Lobby } from './call.store.ts';
import { loadSfu } from './calls.ts';
import { DeviceChoice } from './DeviceChoice.tsx';
import { DeviceProblems } from './DeviceProblems.tsx';
import type { VideoHandle } from './media.transport.ts';
import { useCallIn, useCalls, useChatName, useLocalMedia, useOwnCall } from './useCalls.ts';
import { useCallFailureText, useCallStatus } from './useCallStatus.ts';
import { useLevel } from './useLevel.ts';
import { VideoView } from './VideoView.tsx';

/** Before going in: how one looks and sounds, and with which devices. Everything works without any of them. */
export function CallLobby(): ReactNode {
  const lobby = useOwnCall((state) => state.lobby);
  return lobby && <LobbyDialog lobby={lobby} />;
}

function LobbyDialog({ lobby }: { readonly lobby: Lobby }): ReactNode {
  const { t } = useTranslation('calls');
  const { own } = useCalls();
  const call = useCallIn(lobby.chatId);
  const name = useChatName(lobby.chatId);
  useEffect(() => {
    loadSfu().catch(() => {}); // Joining loads it again and says what is wrong.
  }, []);
  return (
    <Dialog
      isOpen
      size="l"
      onClose={own.closeLobby}
      title={call ? t('lobbyTitle') : t('lobbyTitleStart')}
      description={t('lobbyFor', { name })}
      footer={<JoinButton lobby={lobby} hasCall={call !== null} />}
    >
      <div className={styles['lobby']}>
        <Preview />
        <Level />
        <DeviceChoice />
        <DeviceProblems />
        <JoinWithout />
        <MediaServerNote />
        <Failure lobby={lobby} />
      </div>
    </Dialog>
  );
}

function JoinButton({ lobby, hasCall }: { readonly lobby: Lobby; readonly hasCall: boolean }): ReactNode {
  const { t } = useTranslation('calls');
  const { own } = useCalls();
  return (
    <Button kind="primary" isBusy={lobby.isJoining} onClick={own.join}>
      {hasCall ? t('join') : t('startCall')}
    </Button>
  );
}

function Preview(): ReactNode {
  const { t } = useTranslation('calls');
  const { media } = useCalls().own;
  const { microphone, camera } = useLocalMedia((state) => state);
  const video = useMemo(() => camera.track && handleOf(camera.track), [camera.track]);
  const silence = camera.isStarting ? t('cameraStarting') : camera.isWanted ? t('noCamera') : t('cameraOff');
  return (
    <div className={styles['preview']} data-theme="dark">
      {video ? (
        <VideoView video={video} label={t('preview')} fit="cover" isMirrored />
      ) : (
        <p className={styles['silence']}>{silence}</p>
      )}
      <div className={styles['switches']}>
        <IconButton
          label={microphone.isWanted ? t('mute') : t('unmute')}
          kind={microphone.isWanted ? 'plain' : 'danger'}
          onClick={() => media.want('microphone', !microphone.isWanted)}
        >
          {microphone.isWanted ? <Mic /> : <MicOff />}
        </IconButton>
        <IconButton
          label={camera.isWanted ? t('cameraTurnOff') : t('cameraTurnOn')}
          kind={camera.isWanted ? 'plain' : 'danger'}
          onClick={() => media.want('camera', !camera.isWanted)}
        >
          {camera.isWanted ? <Video /> : <VideoOff />}
        </IconButton>
      </div>
    </div>
  );
}

/** Before joining the picture goes straight from the device to the screen. */
function handleOf(track: MediaStreamTrack): VideoHandle {
  return {
    id: track.id,
    attach: (element) => void (element.srcObject = new MediaStream([track])),
    detach: (element) => void (element.srcObject = null),
  };
}

function Level(): ReactNode {
  const { t } = useTranslation('calls');
  const track = useLocalMedia((state) => state.microphone.track);
  const level = useLevel(track);
  return <LevelMeter label={t('level')} level={level} kind="success" segments={32} />;
}

function JoinWithout(): ReactNode {
  const { t } = useTranslation('calls');
  const hasProblem = useLocalMedia(({ microphone, camera }) => microphone.problem !== null || camera.problem !== null);
  return hasProblem && <p className={styles['hint']}>{t('joinWithout')}</p>;
}

function MediaServerNote(): ReactNode {
  const { t } = useTranslation('calls');
  const status = useCallStatus();
  if (status === 'starting') return <Banner isRounded>{t('mediaStarting')}</Banner>;
  if (status === 'down')
    return (
      <Banner isRounded kind="warning">
        {t('mediaDown')}
      </Banner>
    );
  return null;
}

function Failure({ lobby }: { readonly lobby: Lobby }): ReactNode {
  const textOf = useCallFailureText();
  const status = useCallStatus();
  // Said better by the note on the media server.
  if (!lobby.failure || (lobby.failure === 'calls-unavailable' && status !== 'ready')) return null;
  return (
    <Banner isRounded kind="danger">
      {textOf(lobby.failure)}
    </Banner>
  );
}
