import { join } from 'node:path';
import { findLanAddress } from './lan.mjs';
import { answers } from './ports.mjs';
import { writePrivateFile } from './secrets.mjs';
import { keepRunning } from './supervise.mjs';

export const LIVEKIT_PROGRAMS = ['livekit-server'];
const KEY = 'dialog';
const LOOPBACK = '127.0.0.1';

/**
 * What a LiveKit of our own will answer to: known before the program is there, so that the server can be told at once
 * and finds it when it comes.
 *
 * @param {import('./services.mjs').ServiceContext} context
 */
export async function planLivekit({ ports, secrets, media }) {
  const port = await ports.claim('livekit');
  const tcpPort = await ports.claim('livekitTcp', { host: media.address });
  const udpPort = await ports.claim('livekitUdp', { host: media.address });
  const secret = secrets('livekitSecret');
  return {
    port,
    tcpPort,
    udpPort,
    secret,
    env: { LIVEKIT_URL: `http://127.0.0.1:${port}`, LIVEKIT_API_KEY: KEY, LIVEKIT_API_SECRET: secret },
  };
}

/** @typedef {Awaited<ReturnType<typeof planLivekit>>} LivekitPlan */

/**
 * A LiveKit of our own: its HTTP side on loopback behind our gate, rooms made by us alone, media on the address that
 * people's browsers reach.
 *
 * @param {import('./services.mjs').ServiceContext} context
 * @param {LivekitPlan} plan
 * @returns {Promise<import('./services.mjs').Provided>}
 */
export async function provideLivekit(context, plan) {
  const command = await context.programs.need('livekit');
  const settings = join(context.data, 'livekit.yaml');
  writePrivateFile(settings, livekitYaml(context, plan));
  const service = await keepRunning(
    {
      name: 'LiveKit',
      command,
      args: ['--config', settings],
      isReady: () => answers(plan.port),
      readyWithinMs: 30_000,
      // LiveKit waits for everybody to leave, however long; we do not.
      stopWithinMs: 2000,
    },
    context,
  );
  return { service, env: plan.env };
}

/**
 * JSON is YAML, and needs no writer of its own.
 *
 * @param {import('./services.mjs').ServiceContext} context
 * @param {LivekitPlan} plan
 */
function livekitYaml({ media, webhookPort, turn }, { port, tcpPort, udpPort, secret }) {
  const turnServers = turn
    ? [
        { host: media.address, port: turn.port, protocol: 'udp', secret: turn.secret, ttl: 600 },
        ...(turn.tls
          ? [{ host: turn.tls.host, port: turn.tls.port, protocol: 'tls', secret: turn.secret, ttl: 600 }]
          : []),
      ]
    : [];
  const settings = {
    port,
    bind_addresses: ['127.0.0.1'],
    keys: { [KEY]: secret },
    room: { auto_create: false, empty_timeout: 60, departure_timeout: 20 },
    rtc: {
      tcp_port: tcpPort,
      udp_port: udpPort,
      use_external_ip: false,
      ...addressesOf(media.address),
      // Without one LiveKit names Google's, and nobody else is to hear of calls. Port 9 answers nothing.
      stun_servers: [`${media.address}:${turn?.port ?? 9}`],
      ...(turnServers.length > 0 ? { turn_servers: turnServers } : {}),
    },
    ...(webhookPort === undefined
      ? {}
      : { webhook: { api_key: KEY, urls: [`http://127.0.0.1:${webhookPort}/livekit/webhook`] } }),
    logging: { level: 'info' },
  };
  return JSON.stringify(settings, null, 2);
}

/**
 * Where browsers send their media. On this machine alone loopback would do for Chromium, but Firefox never sends there:
 * it takes the machine's own address. No `node_ip` then, as that would stand in place of both.
 *
 * @param {string} address
 */
function addressesOf(address) {
  const own = findLanAddress();
  if (address !== LOOPBACK || own === undefined) {
    return { node_ip: address, enable_loopback_candidate: address === LOOPBACK, ips: { includes: [`${address}/32`] } };
  }
  return { enable_loopback_candidate: true, ips: { includes: [`${LOOPBACK}/32`, `${own}/32`] } };
}
