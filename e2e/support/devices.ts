import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

/** A portrait by NASA, in the public domain: somebody whom a model of people's outlines can find. */
const PERSON = readFileSync(new URL('person.jpg', import.meta.url)).toString('base64');

/** What a page's devices are made of in these tests; see `giveDevices`. */
interface Bench {
  /** Which are plugged in, by label. Taking one away ends its tracks. */
  plug(labels: readonly string[]): void;
  /** The camera answers like this from now on; null: it works. */
  refuse(name: string | null, message?: string): void;
  /** What the microphone hears. */
  hear(sound: 'silence' | 'noise' | 'voice'): void;
  /** The loudest that the last effect on sound gave within a second, and whether it is let through. */
  listenToEffect(): Promise<{ readonly loudness: number; readonly isEnabled: boolean }>;
}

declare global {
  interface Window {
    readonly bench: Bench;
  }
}

/**
 * Two cameras and two microphones that can be unplugged. "Desk camera" shows a person before a wall whose upper left
 * corner is a chessboard; "Built-in camera" is plain blue. Microphones hear what the test says.
 */
export async function giveDevices(page: Page): Promise<void> {
  await page.addInitScript(installBench, PERSON);
}

function installBench(person: string): void {
  const { mediaDevices } = navigator;
  const all: Record<string, MediaDeviceKind> = {
    'Built-in camera': 'videoinput',
    'Desk camera': 'videoinput',
    'Built-in microphone': 'audioinput',
    'Desk microphone': 'audioinput',
    'Built-in speaker': 'audiooutput',
  };
  let plugged = Object.keys(all);
  let refusal: DOMException | null = null;
  const tracks: MediaStreamTrack[] = [];
  const effects: MediaStreamAudioDestinationNode[] = [];
  let room: { readonly out: MediaStream; readonly noise: GainNode; readonly voice: GainNode } | undefined;

  const makeDestination = AudioContext.prototype.createMediaStreamDestination;
  AudioContext.prototype.createMediaStreamDestination = function remember(this: AudioContext) {
    const made = makeDestination.call(this);
    effects.push(made);
    return made;
  };

  function openRoom(): NonNullable<typeof room> {
    const context = new AudioContext();
    const out = makeDestination.call(context);
    const samples = context.createBuffer(1, context.sampleRate, context.sampleRate);
    samples.getChannelData(0).forEach((_, index, data) => (data[index] = Math.random() * 2 - 1));
    const hiss = new AudioBufferSourceNode(context, { buffer: samples, loop: true });
    const tone = new OscillatorNode(context, { type: 'sawtooth', frequency: 160 });
    const noise = new GainNode(context, { gain: 0 });
    const voice = new GainNode(context, { gain: 0.2 });
    hiss.connect(noise).connect(out);
    tone.connect(voice).connect(out);
    hiss.start();
    tone.start();
    return { out: out.stream, noise, voice };
  }

  function film(label: string): MediaStreamTrack {
    const canvas = document.createElement('canvas');
    canvas.width = 480;
    canvas.height = 270;
    const surface = canvas.getContext('2d')!;
    const face = new Image();
    face.src = `data:image/jpeg;base64,${person}`;
    let frame = 0;
    setInterval(() => {
      frame += 1;
      surface.fillStyle = '#1030d0';
      surface.fillRect(0, 0, 480, 270);
      if (label !== 'Desk camera' || !face.complete) return;
      surface.drawImage(face, 0, 0);
      for (let square = 0; square < 144; square += 1) {
        surface.fillStyle = (square + Math.floor(square / 12)) % 2 === 0 ? '#ffffff' : '#000000';
        surface.fillRect((square % 12) * 8, Math.floor(square / 12) * 8, 8, 8);
      }
      surface.fillStyle = frame % 2 === 0 ? '#ff0000' : '#00ff00';
      surface.fillRect(0, 262, 8, 8);
    }, 66);
    return canvas.captureStream(15).getVideoTracks()[0]!;
  }

  function open(kind: MediaDeviceKind, asked: MediaTrackConstraints | boolean | undefined): MediaStreamTrack {
    const wish = typeof asked === 'object' ? asked.deviceId : undefined;
    const ids = typeof wish === 'object' && !Array.isArray(wish) ? [wish.exact, wish.ideal] : [];
    const there = plugged.filter((label) => all[label] === kind);
    const label = there.find((one) => ids.includes(one)) ?? there[0];
    if (label === undefined) throw new DOMException('none', 'NotFoundError');
    room ??= openRoom();
    const track = kind === 'videoinput' ? film(label) : room.out.getAudioTracks()[0]!.clone();
    Object.defineProperty(track, 'label', { value: label });
    tracks.push(track);
    return track;
  }

  mediaDevices.getUserMedia = async (wish = {}) => {
    if (wish.video && refusal) throw refusal;
    const stream = new MediaStream();
    if (wish.audio) stream.addTrack(open('audioinput', wish.audio));
    if (wish.video) stream.addTrack(open('videoinput', wish.video));
    return stream;
  };
  mediaDevices.enumerateDevices = async () =>
    plugged.map((label) => {
      const info = { deviceId: label, groupId: '', kind: all[label]!, label };
      return { ...info, toJSON: () => info };
    });

  Object.assign(globalThis, {
    bench: {
      plug(labels) {
        plugged = [...labels];
        for (const track of tracks)
          if (!plugged.includes(track.label) && track.readyState === 'live') {
            track.stop();
            track.dispatchEvent(new Event('ended'));
          }
        mediaDevices.dispatchEvent(new Event('devicechange'));
      },
      refuse(name, message) {
        refusal = name === null ? null : new DOMException(message, name);
      },
      hear(sound) {
        room!.noise.gain.value = sound === 'noise' ? 0.2 : 0;
        room!.voice.gain.value = sound === 'voice' ? 0.2 : 0;
      },
      async listenToEffect() {
        const made = effects.at(-1)!;
        const context = new AudioContext();
        const analyser = new AnalyserNode(context);
        context.createMediaStreamSource(made.stream).connect(analyser);
        let loudness = 0;
        for (let look = 0; look < 20; look += 1) {
          await new Promise((resolve) => setTimeout(resolve, 50));
          const samples = new Float32Array(analyser.fftSize);
          analyser.getFloatTimeDomainData(samples);
          const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
          loudness = Math.max(loudness, Math.sqrt(power));
        }
        await context.close();
        return { loudness, isEnabled: made.stream.getAudioTracks()[0]!.enabled };
      },
    } satisfies Bench,
  });
}
