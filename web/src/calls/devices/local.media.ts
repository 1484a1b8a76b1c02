import { createStore, type StoreApi } from 'zustand/vanilla';
import { type Choice, type DeviceKind, type Devices, pick, readChoice, sortDevices } from './devices.choice.ts';
import { type DeviceProblem, problemOf } from './devices.problems.ts';
import type { ShareMode, ScreenTracks } from '../transport/media.transport.ts';

type SourceKind = 'microphone' | 'camera';

/** A microphone or camera: what its owner wants, and what came of it. */
export interface Source {
  readonly isWanted: boolean;
  readonly isStarting: boolean;
  readonly problem: DeviceProblem | null;
  /** Live. A muted microphone keeps its track, silent; a camera that is off has none, so that its light is off. */
  readonly track: MediaStreamTrack | null;
}

export interface LocalMediaState {
  readonly microphone: Source;
  readonly camera: Source;
  readonly devices: Devices;
  readonly choice: Choice;
}

/** The part of `navigator` that is needed. `mediaDevices` is missing on pages without TLS. */
interface Deps {
  readonly mediaDevices: MediaDevices | undefined;
  readonly permissions: Permissions | undefined;
  readonly kept: () => string | null;
  readonly keep: (choice: string) => void;
}

export interface LocalMedia {
  readonly store: StoreApi<LocalMediaState>;
  /** From now on what is wanted is opened, and tried again when a permission or a plug changes. */
  open(): void;
  /** Stops everything; lights go off. */
  close(): void;
  want(kind: SourceKind, isWanted: boolean): void;
  choose(kind: DeviceKind, deviceId: string): void;
  retry(): void;
  /** Asks for a screen, window or tab. Rejects with what getDisplayMedia says. */
  pickScreen(mode: ShareMode): Promise<ScreenTracks>;
}

const OFF: Source = { isWanted: true, isStarting: false, problem: null, track: null };
const CAMERA_SIZE = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } };
const SOUND = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
const FRAME_RATE: Readonly<Record<ShareMode, number>> = { text: 15, motion: 30 };

/** This device's microphone and camera, for the lobby and the call alike: joining takes over what the preview opened. */
export function createLocalMedia({ mediaDevices, permissions, kept, keep }: Deps): LocalMedia {
  const store = createStore<LocalMediaState>(() => ({
    microphone: OFF,
    camera: OFF,
    devices: { microphone: [], camera: [], speaker: [] },
    choice: readChoice(kept()),
  }));
  let isOpen = false;
  let isFollowing = false;

  function set(kind: SourceKind, change: Partial<Source>): void {
    store.setState((state) => ({ [kind]: { ...state[kind], ...change } }));
  }

  function chosenId(kind: DeviceKind): string | undefined {
    const { devices, choice } = store.getState();
    return pick(devices[kind], choice[kind])?.id;
  }

  function constraintsOf(kind: SourceKind): MediaStreamConstraints {
    const id = chosenId(kind);
    const device = id === undefined ? {} : { deviceId: { ideal: id } };
    return kind === 'camera' ? { video: { ...CAMERA_SIZE, ...device } } : { audio: { ...SOUND, ...device } };
  }

  function needs(kind: SourceKind): boolean {
    const source = store.getState()[kind];
    return isOpen && source.isWanted && !source.track && !source.isStarting;
  }

  async function start(kinds: readonly SourceKind[]): Promise<void> {
    if (kinds.length === 0) return;
    for (const kind of kinds) set(kind, { isStarting: true, problem: null });
    try {
      if (!mediaDevices) throw Object.assign(new Error('no TLS'), { name: 'InsecureContextError' });
      const stream = await mediaDevices.getUserMedia(Object.assign({}, ...kinds.map(constraintsOf)));
      for (const track of stream.getTracks()) adopt(track.kind === 'audio' ? 'microphone' : 'camera', track);
    } catch (failure) {
      // Asked for together, one that fails takes the other down: ask for each to know which it is.
      if (kinds.length > 1) {
        for (const kind of kinds) set(kind, { isStarting: false });
        await start(['microphone']);
        await start(['camera']);
        return;
      }
      for (const kind of kinds) set(kind, { isStarting: false, problem: problemOf(failure) });
    }
    await listDevices();
  }

  function adopt(kind: SourceKind, track: MediaStreamTrack): void {
    const source = store.getState()[kind];
    if (!isOpen || (kind === 'camera' && !source.isWanted)) {
      track.stop();
      set(kind, { isStarting: false });
      return;
    }
    source.track?.stop();
    if (kind === 'microphone') track.enabled = source.isWanted;
    track.addEventListener('ended', () => {
      if (store.getState()[kind].track === track) set(kind, { track: null, problem: 'missing' });
    });
    set(kind, { isStarting: false, problem: null, track });
  }

  async function listDevices(): Promise<void> {
    const infos = await mediaDevices?.enumerateDevices().catch(() => []);
    if (infos) store.setState({ devices: sortDevices(infos) });
    await preferChosen();
  }

  /** Labels are known only after permission: the first picture may come from another camera than the chosen one. */
  async function preferChosen(): Promise<void> {
    for (const kind of ['microphone', 'camera'] as const) {
      const { track } = store.getState()[kind];
      const { devices, choice } = store.getState();
      const chosen = devices[kind].find((device) => device.label === choice[kind]);
      // oxlint-disable-next-line no-await-in-loop -- two devices, one after the other
      if (track && chosen && track.label !== chosen.label) await reopen(kind, chosen.id);
    }
  }

  async function reopen(kind: SourceKind, deviceId: string): Promise<void> {
    const wish = { deviceId: { exact: deviceId } };
    try {
      const stream = await mediaDevices?.getUserMedia(
        kind === 'camera' ? { video: { ...CAMERA_SIZE, ...wish } } : { audio: { ...SOUND, ...wish } },
      );
      for (const track of stream?.getTracks() ?? []) adopt(kind, track);
    } catch (failure) {
      set(kind, { problem: problemOf(failure) });
    }
  }

  function startWanted(): void {
    void start((['microphone', 'camera'] as const).filter(needs));
  }

  function retry(): void {
    for (const kind of ['microphone', 'camera'] as const)
      if (store.getState()[kind].problem) set(kind, { problem: null });
    startWanted();
  }

  /** Heals without reload: a permission given, a device plugged in, a call elsewhere that ended. */
  function follow(): void {
    if (isFollowing) return;
    isFollowing = true;
    mediaDevices?.addEventListener('devicechange', () => isOpen && void listDevices().then(retry));
    addEventListener('focus', () => isOpen && retryFailed());
    for (const name of ['microphone', 'camera'] as const) {
      permissions
        ?.query({ name })
        .then((status) => status.addEventListener('change', () => isOpen && retry()))
        .catch(() => {}); // Firefox does not know these names; there the focus brings the retry.
    }
  }

  function retryFailed(): void {
    const { microphone, camera } = store.getState();
    if (microphone.problem || camera.problem) retry();
  }

  function stop(kind: SourceKind): void {
    const { track } = store.getState()[kind];
    set(kind, { track: null });
    track?.stop();
  }

  return {
    store,
    retry,
    open() {
      isOpen = true;
      follow();
      startWanted();
    },
    close() {
      isOpen = false;
      for (const kind of ['microphone', 'camera'] as const) {
        stop(kind);
        set(kind, { problem: null, isWanted: true });
      }
    },
    want(kind, isWanted) {
      set(kind, { isWanted });
      const { track } = store.getState()[kind];
      if (kind === 'microphone' && track) track.enabled = isWanted;
      if (kind === 'camera' && !isWanted) stop(kind);
      startWanted();
    },
    choose(kind, deviceId) {
      const { devices, choice } = store.getState();
      const device = devices[kind].find((one) => one.id === deviceId);
      if (!device) return;
      store.setState({ choice: { ...choice, [kind]: device.label } });
      keep(JSON.stringify(store.getState().choice));
      if (kind !== 'speaker') void preferChosen();
    },
    async pickScreen(mode) {
      if (!mediaDevices) throw Object.assign(new Error('no TLS'), { name: 'InsecureContextError' });
      const stream = await mediaDevices.getDisplayMedia({
        video: { frameRate: { ideal: FRAME_RATE[mode] } },
        audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
      });
      const [video] = stream.getVideoTracks();
      if (!video) throw Object.assign(new Error('no picture'), { name: 'NotFoundError' });
      video.contentHint = mode === 'text' ? 'detail' : 'motion';
      return { video, sound: stream.getAudioTracks()[0] ?? null, mode };
    },
  };
}
