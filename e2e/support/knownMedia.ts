import type { Page } from 'playwright-core';

/** Far apart, so that what a codec makes of them is still told apart. */
const COLOURS = { red: [220, 30, 30], green: [30, 190, 60], blue: [40, 70, 220], yellow: [225, 205, 40] } as const;
export type Colour = keyof typeof COLOURS;

/** What a person's camera shows and their microphone hears, so that who is seen and heard where is certain. */
export interface Looks {
  readonly colour: Colour;
  /** In Hz, as steps of 100 between 400 and 1600. */
  readonly tone: number;
}

declare global {
  interface Window {
    /** What the camera shows from now on: red, green and blue, 0 to 255. */
    e2eColour: readonly number[];
    e2eGaps: { longest: number; stop: () => void };
    e2eConnections: RTCPeerConnection[];
  }
}

/** From the next page on: camera and microphone are these, and the connections of the page can be asked. */
export async function dressAs(page: Page, { colour, tone }: Looks): Promise<void> {
  await page.addInitScript(
    ({ rgb, hz }) => {
      window.e2eColour = rgb;
      window.e2eConnections = [];
      const Connection = window.RTCPeerConnection;
      window.RTCPeerConnection = class extends Connection {
        constructor(configuration?: RTCConfiguration) {
          super(configuration);
          window.e2eConnections.push(this);
        }
      };

      function sound(): MediaStreamTrack | undefined {
        const context = new AudioContext();
        const voice = context.createOscillator();
        const loudness = context.createGain();
        const output = context.createMediaStreamDestination();
        voice.type = 'sine';
        voice.frequency.value = hz;
        loudness.gain.value = 0.4;
        voice.connect(loudness).connect(output);
        voice.start();
        void context.resume();
        return output.stream.getAudioTracks()[0];
      }

      function picture(): MediaStreamTrack | undefined {
        const canvas = document.createElement('canvas');
        [canvas.width, canvas.height] = [640, 360];
        const pen = canvas.getContext('2d');
        let at = 0;
        const draw = (): void => {
          if (!pen) return;
          pen.fillStyle = `rgb(${window.e2eColour.join()})`;
          pen.fillRect(0, 0, canvas.width, canvas.height);
          // Something moves, or nobody could tell a picture that stands still.
          pen.fillStyle = '#ffffff';
          pen.fillRect((at += 8) % canvas.width, 0, 16, 40);
        };
        setInterval(draw, 100);
        draw();
        return canvas.captureStream(10).getVideoTracks()[0];
      }

      if (!navigator.mediaDevices) return;
      navigator.mediaDevices.getUserMedia = async (constraints) => {
        const tracks = [constraints?.audio ? sound() : undefined, constraints?.video ? picture() : undefined];
        return new MediaStream(tracks.filter((track) => track !== undefined));
      };
    },
    { rgb: COLOURS[colour], hz: tone },
  );
}

/** From the next page on the two sides of a direct call do not find each other; everything else goes on. */
export async function blockDirectWays(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const { createDataChannel, addIceCandidate, setRemoteDescription } = RTCPeerConnection.prototype;
    const blocked = new WeakSet<RTCPeerConnection>();
    Object.assign(RTCPeerConnection.prototype, {
      createDataChannel(this: RTCPeerConnection, label: string, options?: RTCDataChannelInit) {
        // Ours are known to both sides beforehand; LiveKit's are not.
        if (options?.negotiated === true) blocked.add(this);
        return createDataChannel.call(this, label, options);
      },
      async addIceCandidate(this: RTCPeerConnection, candidate: RTCIceCandidateInit) {
        if (!blocked.has(this)) await Reflect.apply(addIceCandidate, this, [candidate]);
      },
      setRemoteDescription(this: RTCPeerConnection, { type, sdp = '' }: RTCSessionDescriptionInit) {
        const without = blocked.has(this) ? sdp.replaceAll(/^a=candidate:.*\r\n/gm, '') : sdp;
        return Reflect.apply(setRemoteDescription, this, [{ type, sdp: without }]);
      },
    });
  });
}

/** The colour that most of a video shows; null: there is none, or no colour of ours. */
export async function colourOn(page: Page, selector: string): Promise<Colour | null> {
  const seen = await page.evaluate((css) => {
    const video = document.querySelector<HTMLVideoElement>(css);
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [32, 18];
    const pen = canvas.getContext('2d', { willReadFrequently: true });
    if (!video || !pen || video.videoWidth === 0) return null;
    pen.drawImage(video, 0, 0, canvas.width, canvas.height);
    const { data } = pen.getImageData(0, canvas.height / 2, canvas.width, canvas.height / 2);
    return [0, 1, 2].map(
      (part) => (data.filter((_, index) => index % 4 === part).reduce((a, b) => a + b) * 4) / data.length,
    );
  }, selector);
  if (!seen) return null;
  const names = Object.keys(COLOURS) as Colour[];
  return names.find((name) => COLOURS[name].every((part, index) => Math.abs(part - (seen[index] ?? 0)) < 50)) ?? null;
}

/** The loudest tone of each sound that the page plays and does not silence, in Hz. */
export function tonesOn(page: Page): Promise<number[]> {
  return page.evaluate(async () => {
    const context = new AudioContext();
    await context.resume();
    const analysers = [...document.querySelectorAll<HTMLAudioElement>('audio')].flatMap(
      ({ srcObject, muted, volume }) => {
        if (!(srcObject instanceof MediaStream) || muted || volume === 0 || srcObject.getAudioTracks().length === 0)
          return [];
        const analyser = context.createAnalyser();
        analyser.fftSize = 8_192;
        context.createMediaStreamSource(srcObject).connect(analyser);
        return [analyser];
      },
    );
    await new Promise((resolve) => setTimeout(resolve, 500));
    const tones = analysers.map((analyser) => {
      const levels = new Float32Array(analyser.frequencyBinCount);
      analyser.getFloatFrequencyData(levels);
      const loudest = levels.reduce((best, level, index) => (level > (levels[best] ?? 0) ? index : best), 0);
      const isAudible = (levels[loudest] ?? -200) > -60;
      return isAudible ? Math.round((loudest * context.sampleRate) / analyser.fftSize / 100) * 100 : 0;
    });
    await context.close();
    return tones.filter((tone) => tone > 0);
  });
}

/** Begins to listen for times without any sound. */
export async function listenForGaps(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const context = new AudioContext();
    await context.resume();
    const analysers = new Map<MediaStream, AnalyserNode>();
    const samples = new Float32Array(1_024);
    let silentSince: number | null = null;
    const loudness = (analyser: AnalyserNode): number => {
      analyser.getFloatTimeDomainData(samples);
      return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
    };
    const look = (): void => {
      const playing = [...document.querySelectorAll<HTMLAudioElement>('audio')].flatMap(({ srcObject, muted }) =>
        srcObject instanceof MediaStream && !muted && srcObject.getAudioTracks().length > 0 ? [srcObject] : [],
      );
      for (const stream of playing) {
        if (analysers.has(stream)) continue;
        const analyser = context.createAnalyser();
        analyser.fftSize = samples.length;
        context.createMediaStreamSource(stream).connect(analyser);
        analysers.set(stream, analyser);
      }
      const isHeard = playing.some((stream) => {
        const analyser = analysers.get(stream);
        return analyser !== undefined && loudness(analyser) > 0.005;
      });
      const now = performance.now();
      if (isHeard) silentSince = null;
      else silentSince ??= now;
      window.e2eGaps.longest = Math.max(window.e2eGaps.longest, silentSince === null ? 0 : now - silentSince);
    };
    const timer = setInterval(look, 20);
    window.e2eGaps = {
      longest: 0,
      stop() {
        clearInterval(timer);
        void context.close();
      },
    };
  });
}

/** The longest time without a sound since then, in ms. */
export function longestGap(page: Page): Promise<number> {
  return page.evaluate(() => {
    window.e2eGaps.stop();
    return window.e2eGaps.longest;
  });
}

/** By which kinds of ways this page's connections go just now: of its own side, and of the other. */
export function waysOf(page: Page): Promise<{ local: string; remote: string }[]> {
  return page.evaluate(async () => {
    const ways: { local: string; remote: string }[] = [];
    for (const connection of window.e2eConnections) {
      if (connection.connectionState !== 'connected') continue;
      const stats = new Map<string, Record<string, unknown>>();
      (await connection.getStats()).forEach((one: { id: string } & Record<string, unknown>) => stats.set(one.id, one));
      const transport = [...stats.values()].find((one) => one['type'] === 'transport');
      const pair = stats.get(String(transport?.['selectedCandidatePairId']));
      const typeOf = (id: unknown): string => String(stats.get(String(id))?.['candidateType']);
      if (pair) ways.push({ local: typeOf(pair['localCandidateId']), remote: typeOf(pair['remoteCandidateId']) });
    }
    return ways;
  });
}

/** Every address at which this page's connections have met or looked for others; null: it knows of one, and not where. */
export function addressesMetBy(page: Page): Promise<(string | null)[]> {
  return page.evaluate(async () => {
    const reports = await Promise.all(window.e2eConnections.map((connection) => connection.getStats()));
    return reports.flatMap((report) =>
      [...(report.values() as Iterable<RTCStats & { readonly address?: string | null }>)]
        .filter(({ type }) => type === 'remote-candidate')
        .map(({ address }) => address ?? null),
    );
  });
}
