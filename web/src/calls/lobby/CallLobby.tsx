import { EyeOff, Mic, MicOff, Video, VideoOff } from 'lucide-react';
import { type ReactNode, Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { lazy } from '../../platform/late.ts';
import { usePresenceChoice } from '../../presence/usePresenceChoice.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { LevelMeter } from '../../ui/LevelMeter.tsx';
import styles from './CallLobby.module.css';
import type { Lobby } from '../call.store.ts';
import { loadSfu } from '../transport/loading.ts';
import { DeviceChoice } from '../devices/DeviceChoice.tsx';
import { DeviceProblems } from '../devices/DeviceProblems.tsx';
import { FlipCamera } from '../devices/FlipCamera.tsx';
import { otherSide } from '../devices/opening.ts';
import { InsideNow } from './InsideNow.tsx';
import { SealingSwitch } from '../sealing/SealingSwitch.tsx';
import { handleOfTrack } from '../transport/trackHandle.ts';
import { useCallIn, useCalls, useChatName, useLocalMedia, useOwnCall } from '../useCalls.ts';
import { type CallStatus, useCallFailureText, useCallStatus } from '../useCallStatus.ts';
import { useLevel } from '../devices/useLevel.ts';
import { VideoView } from '../stage/VideoView.tsx';

/** What only some want must not hold up who wants to go in. */
const NetworkNote = lazy(async () => ({ default: (await import('./NetworkNote.tsx')).NetworkNote }));
const EffectsChoice = lazy(async () => ({ default: (await import('../effects/EffectsChoice.tsx')).EffectsChoice }));

/** Before going in: how one looks and sounds, and with which devices. Everything works without any of them. */
export function CallLobby(): ReactNode {
  const lobby = useOwnCall((state) => state.lobby);
  return lobby && <LobbyDialog lobby={lobby} />;
}

function LobbyDialog({ lobby }: { readonly lobby: Lobby }): ReactNode {
  const { t } = useTranslation('lobby');
  const { own, chats } = useCalls();
  const call = useCallIn(lobby.chatId);
  const name = useChatName(lobby.chatId);
  const isOfTwo = useStore(chats.store, ({ list }) => list.chats.get(lobby.chatId)?.summary.chat.kind === 'direct');
  const status = useCallStatus();
  useEffect(() => {
    loadSfu().catch(() => {}); // Joining loads it again and says what is wrong.
  }, []);
  return (
    <Dialog
      isOpen
      size="l"
      onClose={own.closeLobby}
      title={call ? t('lobbyTitle') : t('lobbyTitleStart')}
      description={t(isOfTwo ? 'lobbyWith' : 'lobbyFor', { name })}
      footer={<JoinButton lobby={lobby} hasCall={call !== null} />}
    >
      <div className={styles['lobby']}>
        {call && <InsideNow chatId={lobby.chatId} />}
        <Preview />
        <Level />
        <Suspense>
          <NetworkNote />
        </Suspense>
        <DeviceProblems />
        <JoinWithout />
        <DeviceChoice />
        <Suspense>
          <EffectsChoice />
        </Suspense>
        {!call && <SealingSwitch chatId={lobby.chatId} />}
        <VisibleNote hasCall={call !== null} />
        <MediaServerNote status={status} />
        <Failure lobby={lobby} status={status} />
      </div>
    </Dialog>
  );
}

function JoinButton({ lobby, hasCall }: { readonly lobby: Lobby; readonly hasCall: boolean }): ReactNode {
  const { t } = useTranslation('calls');
  const { own } = useCalls();
  return (
    <Button kind="primary" isBusy={lobby.isJoining} onClick={() => own.join()}>
      {hasCall ? t('join') : t('startCall')}
    </Button>
  );
}

function Preview(): ReactNode {
  const { t } = useTranslation('lobby');
  const camera = useLocalMedia((state) => state.camera);
  const isComing = camera.isStarting || camera.effect === 'starting';
  const silence = isComing ? t('cameraStarting') : camera.isWanted ? t('noCamera') : t('cameraOff');
  return (
    <div className={styles['preview']} data-theme="dark">
      {camera.track ? (
        <VideoView
          video={handleOfTrack(camera.track)}
          label={t('preview')}
          fit="cover"
          isMirrored={otherSide(camera.raw) !== 'user'}
        />
      ) : (
        <p className={styles['silence']}>{silence}</p>
      )}
      <Switches />
    </div>
  );
}

function Switches(): ReactNode {
  const { t } = useTranslation('calls');
  const { media } = useCalls().own;
  const hasSound = useLocalMedia(({ microphone }) => microphone.isWanted);
  const hasPicture = useLocalMedia(({ camera }) => camera.isWanted);
  return (
    <div className={styles['switches']}>
      <IconButton
        label={hasSound ? t('mute') : t('unmute')}
        kind={hasSound ? 'plain' : 'danger'}
        onClick={() => media.want('microphone', !hasSound)}
      >
        {hasSound ? <Mic /> : <MicOff />}
      </IconButton>
      <IconButton
        label={hasPicture ? t('cameraTurnOff') : t('cameraTurnOn')}
        kind={hasPicture ? 'plain' : 'danger'}
        onClick={() => media.want('camera', !hasPicture)}
      >
        {hasPicture ? <Video /> : <VideoOff />}
      </IconButton>
      <FlipCamera />
    </div>
  );
}

function Level(): ReactNode {
  const { t } = useTranslation('lobby');
  const track = useLocalMedia((state) => state.microphone.track);
  const level = useLevel(track);
  return <LevelMeter label={t('level')} level={level} kind="success" segments={32} />;
}

function JoinWithout(): ReactNode {
  const { t } = useTranslation('lobby');
  const hasProblem = useLocalMedia(({ microphone, camera }) => microphone.problem !== null || camera.problem !== null);
  return hasProblem && <p className={styles['hint']}>{t('joinWithout')}</p>;
}

/** Said before, not found out afterwards. */
function VisibleNote({ hasCall }: { readonly hasCall: boolean }): ReactNode {
  const { t } = useTranslation('lobby');
  const { choice } = usePresenceChoice(useCalls().chats);
  if (choice !== 'invisible') return null;
  return (
    <Banner isRounded icon={<EyeOff />}>
      {t(hasCall ? 'invisibleJoin' : 'invisibleStart')}
    </Banner>
  );
}

function MediaServerNote({ status }: { readonly status: CallStatus | null }): ReactNode {
  const { t } = useTranslation('lobby');
  if (status === 'starting') return <Banner isRounded>{t('mediaStarting')}</Banner>;
  if (status === 'down')
    return (
      <Banner isRounded kind="warning">
        {t('mediaDown')}
      </Banner>
    );
  return null;
}

function Failure({ lobby, status }: { readonly lobby: Lobby; readonly status: CallStatus | null }): ReactNode {
  const textOf = useCallFailureText();
  // Said better by the note on the media server.
  if (!lobby.failure || (lobby.failure === 'calls-unavailable' && status !== 'ready')) return null;
  return (
    <Banner isRounded kind="danger">
      {textOf(lobby.failure)}
    </Banner>
  );
}
