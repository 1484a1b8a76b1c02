import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { provideServices } from '../../scripts/start/services.mjs';

/** A relay as `npm start` provides it, on loopback, with the settings of the product. */
export interface OwnRelay {
  readonly port: number;
  /** What a Dialog server needs to know of it. */
  readonly env: Readonly<Record<'TURN_URLS' | 'TURN_SECRET', string>>;
  stop(): Promise<void>;
}

export async function ownRelay(): Promise<OwnRelay> {
  const data = await mkdtemp(join(tmpdir(), 'dialog-relay-'));
  const env = { PATH: process.env['PATH'], HOME: process.env['HOME'] };
  const services = await provideServices({ data, only: ['turn'], env, forTests: true });
  const { TURN_URLS = '', TURN_SECRET = '' } = services.env;
  return {
    port: Number(/:(\d+)\?/.exec(TURN_URLS)?.[1]),
    env: { TURN_URLS, TURN_SECRET },
    async stop() {
      await services.stop();
      await rm(data, { recursive: true, force: true });
    },
  };
}
