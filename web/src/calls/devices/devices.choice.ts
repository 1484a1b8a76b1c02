import * as z from 'zod/mini';

export type DeviceKind = 'microphone' | 'camera' | 'speaker';

export interface Device {
  readonly id: string;
  readonly label: string;
}

export type Devices = Readonly<Record<DeviceKind, readonly Device[]>>;

/** The labels of the chosen devices. Browsers change the ids; the labels stay. */
const Choice = z.object({
  microphone: z.optional(z.string()),
  camera: z.optional(z.string()),
  speaker: z.optional(z.string()),
});
export type Choice = z.infer<typeof Choice>;

const KINDS: Readonly<Record<string, DeviceKind>> = {
  audioinput: 'microphone',
  videoinput: 'camera',
  audiooutput: 'speaker',
};

export function readChoice(kept: string | null): Choice {
  if (kept === null) return {};
  try {
    const known = z.safeParse(Choice, JSON.parse(kept));
    return known.success ? known.data : {};
  } catch {
    return {};
  }
}

/**
 * Sorts what the browser lists. Before permission it lists devices without id and label: those say nothing. Of several with
 * the same label the second is "… (2)".
 */
export function sortDevices(infos: readonly Pick<MediaDeviceInfo, 'kind' | 'deviceId' | 'label'>[]): Devices {
  const devices: Record<DeviceKind, Device[]> = { microphone: [], camera: [], speaker: [] };
  for (const { kind, deviceId, label } of infos) {
    const ours = KINDS[kind];
    if (ours && deviceId !== '' && label !== '')
      devices[ours].push({ id: deviceId, label: toldApart(label, devices[ours]) });
  }
  return devices;
}

function toldApart(label: string, others: readonly Device[]): string {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? label : `${label} (${number})`;
    if (!others.some((other) => other.label === name)) return name;
  }
}

/** As which device a track's own is listed; undefined without a track. */
export function labelOf(
  track: Pick<MediaStreamTrack, 'label' | 'getSettings'> | null,
  devices: readonly Device[],
): string | undefined {
  if (!track) return undefined;
  const { deviceId } = track.getSettings();
  return devices.find(({ id }) => id === deviceId)?.label ?? track.label;
}

/** The chosen device if it is plugged in; else the first, which is the browser's default. */
export function pick(devices: readonly Device[], label: string | undefined): Device | undefined {
  return devices.find((device) => device.label === label) ?? devices[0];
}

/** A chosen device that is not there, and which one serves meanwhile. Nothing is said before the browser names devices. */
export function substituteOf(
  devices: readonly Device[],
  { chosen, inUse }: { readonly chosen: string | undefined; readonly inUse: string | undefined },
): { readonly missing: string; readonly isPlugged: boolean; readonly used: string } | null {
  const used = inUse ?? devices[0]?.label;
  if (chosen === undefined || used === undefined || used === chosen) return null;
  return { missing: chosen, isPlugged: devices.some(({ label }) => label === chosen), used };
}

/** What the system plays at, whatever that is today. */
const SYSTEM_SPEAKER = 'default';

/** Where sound is to be played; undefined if nobody ever chose. Unplugged, its place is taken by the system's own. */
export function chosenSpeaker(state: { readonly devices: Devices; readonly choice: Choice }): string | undefined {
  const { speaker: label } = state.choice;
  const { speaker: speakers } = state.devices;
  if (label === undefined || speakers.length === 0) return undefined;
  return speakers.find((one) => one.label === label)?.id ?? SYSTEM_SPEAKER;
}
