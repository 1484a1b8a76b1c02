import { writeFile } from 'node:fs/promises';

const RATE = 48_000;
/** Short enough that the browser's noise suppression takes it for a voice, and that hearing waits for no pause. */
const PULSE_MS = 60;
const PAUSE_MS = 20;
const HZ = 500;
const LOUDNESS = 0.5;
const HEADER_BYTES = 44;

/** Chromium's own fake microphone is silent for most of each second: how long until it is heard would be chance. */
export async function writeTone(path: string): Promise<void> {
  const samples = Int16Array.from({ length: RATE }, (_, at) => {
    const isPulse = ((at * 1_000) / RATE) % (PULSE_MS + PAUSE_MS) < PULSE_MS;
    return isPulse ? Math.sin((2 * Math.PI * HZ * at) / RATE) * LOUDNESS * 0x7f_ff : 0;
  });
  const data = Buffer.from(samples.buffer);
  const header = Buffer.alloc(HEADER_BYTES);
  header.write('RIFF', 0);
  header.writeUInt32LE(HEADER_BYTES - 8 + data.length, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(RATE, 24);
  header.writeUInt32LE(RATE * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(data.length, 40);
  await writeFile(path, Buffer.concat([header, data]));
}
