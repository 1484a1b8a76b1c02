import { createStore, type StoreApi } from 'zustand/vanilla';
import { createEffectSlot, type EffectStatus, type WantedEffect } from '../effects/effect.ts';
import {
  type Choice,
  type DeviceKind,
  type Devices,
  labelOf,
  pick,
  readChoice,
  sortDevices,
} from './devices.choice.ts';
import { type DeviceProblem, problemOf } from './devices.problems.ts';
import { type Habits, readHabits } from './habits.ts';
import { followCauses } from './healing.ts';
import { constraintsOf, type Facing, otherSide, soundOf } from './opening.ts';

export type SourceKind = 'microphone' | 'camera';

/** A microphone or camera: what its owner wants, and what came of it. */
export interface Source {
  readonly isWanted: boolean;
  readonly isStarting: boolean;
  readonly problem: DeviceProblem | null;
  /** Straight from the device. A muted microphone keeps it, silent; a camera that is off has none: its light is off. */
  readonly raw: MediaStreamTrack | null;
  /** What leaves: the raw track, or what an effect makes of it. Nothing of a room leaves that is to be blurred. */
  readonly track: MediaStreamTrack | null;
  readonly effect: EffectStatus;
}

export interface LocalMediaState {
  readonly microphone: Source;
  readonly camera: Source;
  readonly devices: Devices;
  readonly choice: Choice;
  readonly habits: Habits;
}

/** The part of `navigator` that is needed. `mediaDevices` is missing on pages without TLS. */
interface Deps {
  readonly mediaDevices: MediaDevices | undefined;
  readonly permissions: Permissions | undefined;
  readonly kept: () => string | null;
  readonly keep: (choice: string) => void;
  readonly keptHabits: () => string | null;
  readonly keepHabits: (habits: string) => void;
  /** Which effect a device gets by these habits. */
  readonly effectFor: (kind: SourceKind, habits: Habits) => WantedEffect | null;
}

export interface LocalMedia {
  readonly store: StoreApi<LocalMediaState>;
  /** From now on what is wanted is opened, and tried again when a permission or a plug changes. */
  open(): void;
  /** Stops everything; lights go off. */
  close(): void;
  want(kind: SourceKind, isWanted: boolean): void;
  choose(kind: DeviceKind, deviceId: string): void;
  /** The camera at the other side of a phone. */
  flip(): void;
  setHabits(change: Partial<Habits>): void;
  retry(): void;
}

const OFF: Source = { isWanted: true, isStarting: false, problem: null, raw: null, track: null, effect: 'off' };
const KINDS = ['microphone', 'camera'] as const;

/** This device's microphone and camera, for the lobby and the call alike: joining takes over what the preview opened. */
export function createLocalMedia(deps: Deps): LocalMedia {
  const { mediaDevices, permissions } = deps;
  const store = createStore<LocalMediaState>(() => ({
    microphone: OFF,
    camera: OFF,
    devices: { microphone: [], camera: [], speaker: [] },
    choice: readChoice(deps.kept()),
    habits: readHabits(deps.keptHabits()),
  }));
  const effects = {
    microphone: createEffectSlot(() => refresh('microphone')),
    camera: createEffectSlot(() => refresh('camera')),
  };
  let isOpen = false;
  let isFollowing = false;

  function set(kind: SourceKind, change: Partial<Source>): void {
    store.setState((state) => ({ [kind]: { ...state[kind], ...change } }));
  }

  function chosenId(kind: DeviceKind): string | undefined {
    const { devices, choice } = store.getState();
    return pick(devices[kind], choice[kind])?.id;
  }

  /** What leaves, after anything that it depends on has changed. */
  function refresh(kind: SourceKind): void {
    const { raw, isWanted } = store.getState()[kind];
    const made = effects[kind].track();
    const effect = effects[kind].status();
    // A voice is heard while its effect starts, or when it fails; a room that is to be hidden is not seen.
    const track = kind === 'microphone' || effect === 'off' ? (made ?? raw) : made;
    if (kind === 'microphone') for (const one of [raw, made]) if (one) one.enabled = isWanted;
    set(kind, { track, effect });
  }

  function bringEffects(kind: SourceKind): void {
    const { [kind]: source, habits } = store.getState();
    effects[kind].use(source.raw, deps.effectFor(kind, habits));
    refresh(kind);
  }

  function constraints(kind: SourceKind, device: ConstrainDOMString | undefined): MediaStreamConstraints {
    return constraintsOf(kind, { isNoiseReduced: store.getState().habits.isNoiseReduced, device });
  }

  function wishOf(kind: SourceKind): MediaStreamConstraints {
    const id = chosenId(kind);
    return constraints(kind, id === undefined ? undefined : { ideal: id });
  }

  function needs(kind: SourceKind): boolean {
    const source = store.getState()[kind];
    return isOpen && source.isWanted && !source.raw && !source.isStarting;
  }

  async function start(kinds: readonly SourceKind[]): Promise<void> {
    if (kinds.length === 0) return;
    for (const kind of kinds) set(kind, { isStarting: true, problem: null });
    try {
      if (!mediaDevices) throw Object.assign(new Error('no TLS'), { name: 'InsecureContextError' });
      const stream = await mediaDevices.getUserMedia(Object.assign({}, ...kinds.map(wishOf)));
      for (const track of stream.getTracks()) adopt(track.kind === 'audio' ? 'microphone' : 'camera', track);
    } catch (failure) {
      // Asked for together, one that fails takes the other down: ask for each to know which it is.
      if (kinds.length > 1) {
        for (const kind of kinds) set(kind, { isStarting: false });
        // Only what is still wanted: nobody is asked for a camera after the door was closed.
        await start(['microphone' as const].filter(needs));
        await start(['camera' as const].filter(needs));
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
    source.raw?.stop();
    if (kind === 'microphone') track.enabled = source.isWanted;
    track.addEventListener('ended', () => {
      if (store.getState()[kind].raw !== track) return;
      take(kind, null);
      // Unplugged, taken away or forbidden: asking for what is left tells which.
      startWanted();
    });
    set(kind, { isStarting: false, problem: null });
    take(kind, track);
  }

  function take(kind: SourceKind, raw: MediaStreamTrack | null): void {
    set(kind, { raw });
    bringEffects(kind);
  }

  async function listDevices(): Promise<void> {
    const infos = await mediaDevices?.enumerateDevices().catch(() => []);
    if (infos) store.setState({ devices: sortDevices(infos) });
    await preferChosen();
  }

  /** Labels are known only after permission: the first picture may come from another camera than the chosen one. */
  async function preferChosen(): Promise<void> {
    for (const kind of KINDS) {
      const { raw } = store.getState()[kind];
      const { devices, choice } = store.getState();
      const chosen = devices[kind].find((device) => device.label === choice[kind]);
      // oxlint-disable-next-line no-await-in-loop -- two devices, one after the other
      if (raw && chosen && labelOf(raw, devices[kind]) !== chosen.label) await reopen(kind, chosen.id);
    }
  }

  /** Where the chosen one does not open, the one that runs goes on; the choice of devices says so. */
  async function reopen(kind: SourceKind, deviceId: string): Promise<void> {
    const stream = await mediaDevices?.getUserMedia(constraints(kind, { exact: deviceId })).catch(() => null);
    for (const track of stream?.getTracks() ?? []) {
      // Another one was chosen meanwhile.
      if (chosenId(kind) === deviceId) adopt(kind, track);
      else track.stop();
    }
  }

  async function turnTo(facing: Facing): Promise<void> {
    // Phones open one camera at a time.
    stop('camera');
    set('camera', { isStarting: true });
    const wish = constraintsOf('camera', { isNoiseReduced: false, facing });
    const stream = await mediaDevices?.getUserMedia(wish).catch(() => null);
    set('camera', { isStarting: false });
    for (const track of stream?.getTracks() ?? []) {
      remember('camera', labelOf(track, store.getState().devices.camera) ?? track.label);
      adopt('camera', track);
    }
    startWanted();
  }

  function remember(kind: DeviceKind, label: string): void {
    store.setState(({ choice }) => ({ choice: { ...choice, [kind]: label } }));
    deps.keep(JSON.stringify(store.getState().choice));
  }

  function startWanted(): void {
    void start(KINDS.filter(needs));
  }

  function retry(): void {
    for (const kind of KINDS) if (store.getState()[kind].problem) set(kind, { problem: null });
    startWanted();
    for (const kind of KINDS) {
      effects[kind].forget();
      bringEffects(kind);
    }
  }

  function follow(): void {
    if (isFollowing) return;
    isFollowing = true;
    followCauses({
      mediaDevices,
      permissions,
      plugged: () => isOpen && void listDevices().then(retry),
      allowed: () => isOpen && retry(),
      cameBack: () => isOpen && retryFailed(),
    });
  }

  function retryFailed(): void {
    const { microphone, camera } = store.getState();
    if (microphone.problem || camera.problem) retry();
  }

  function stop(kind: SourceKind): void {
    // Before it is let go: whoever sends it sees that it has ended, and not that another call has it.
    store.getState()[kind].raw?.stop();
    take(kind, null);
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
      for (const kind of KINDS) {
        stop(kind);
        set(kind, { problem: null, isWanted: true });
      }
    },
    want(kind, isWanted) {
      set(kind, { isWanted });
      refresh(kind);
      if (kind === 'camera' && !isWanted) stop(kind);
      startWanted();
    },
    choose(kind, deviceId) {
      const device = store.getState().devices[kind].find((one) => one.id === deviceId);
      if (!device) return;
      remember(kind, device.label);
      if (kind !== 'speaker') void preferChosen();
    },
    flip() {
      const { raw, isStarting } = store.getState().camera;
      const facing = otherSide(raw);
      if (facing && !isStarting) void turnTo(facing);
    },

    setHabits(change) {
      store.setState(({ habits }) => ({ habits: { ...habits, ...change } }));
      const { habits, microphone } = store.getState();
      deps.keepHabits(JSON.stringify(habits));
      if (change.isNoiseReduced !== undefined) {
        // Not every browser changes it on the way; then both work for as long as the device stays open.
        microphone.raw?.applyConstraints(soundOf(habits.isNoiseReduced)).catch(() => {});
      }
      for (const kind of KINDS) bringEffects(kind);
    },
  };
}
