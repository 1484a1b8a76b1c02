import { join, resolve } from 'node:path';
import { answers } from './ports.mjs';
import { Failure } from './progress.mjs';
import { writePrivateFile } from './secrets.mjs';
import { keepRunning } from './supervise.mjs';

export const TURN_PROGRAMS = ['turnserver'];
/** Each relayed stream holds one; a small installation needs no more. */
const RELAY_PORTS = { min: 50_100, max: 50_299 };

/**
 * Everything that is not the open internet, and every IPv4 address in the clothes of IPv6 (SECURITY, attack 8).
 * coturn takes a range that begins with `::` for all addresses there are, so it begins with `::1`.
 */
const DENIED = [
  '0.0.0.0-0.255.255.255',
  '10.0.0.0-10.255.255.255',
  '100.64.0.0-100.127.255.255',
  '127.0.0.0-127.255.255.255',
  '169.254.0.0-169.254.255.255',
  '172.16.0.0-172.31.255.255',
  '192.0.0.0-192.0.0.255',
  '192.0.2.0-192.0.2.255',
  '192.88.99.0-192.88.99.255',
  '192.168.0.0-192.168.255.255',
  '198.18.0.0-198.19.255.255',
  '198.51.100.0-198.51.100.255',
  '203.0.113.0-203.0.113.255',
  '224.0.0.0-255.255.255.255',
  '::1-::ffff',
  '::ffff:0:0-::ffff:ffff:ffff',
  '64:ff9b::-64:ff9b:1:ffff:ffff:ffff:ffff:ffff',
  '100::-100::ffff:ffff:ffff:ffff',
  '2001::-2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff',
  '2002::-2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
  'fc00::-fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
  'fe80::-febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
  'ff00::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
];

/**
 * Where a TURN server of our own will be, known before it is there.
 *
 * @param {import('./services.mjs').ServiceContext} context
 */
export async function planTurn({ env, ports, secrets, media }) {
  const port = await ports.claim('turn', { preferred: 3478, host: media.address });
  const secret = secrets('turnSecret');
  const tls = tlsIn(env);
  const tlsPort = tls && (await ports.claim('turnTls', { preferred: 5349, host: media.address }));
  const urls = ['udp', 'tcp'].map((transport) => `turn:${media.address}:${port}?transport=${transport}`);
  if (tls) urls.push(`turns:${tls.host}:${tlsPort}?transport=tcp`);
  return {
    port,
    secret,
    tls: tls && tlsPort !== undefined ? { ...tls, port: tlsPort } : undefined,
    env: { TURN_URLS: urls.join(','), TURN_SECRET: secret },
  };
}

/**
 * The name by which browsers reach the relay over TLS, and its certificate. One of our own making would not do: browsers
 * refuse it for a relay, and ask nobody.
 *
 * @param {NodeJS.ProcessEnv} env
 */
function tlsIn({ TURN_TLS_HOST: host, TURN_TLS_CERT: cert, TURN_TLS_KEY: key }) {
  if (!host && !cert && !key) return undefined;
  if (host && cert && key) return { host, cert: resolve(cert), key: resolve(key) };
  throw new Failure(
    'The relay has only a part of what TLS takes.',
    'Set TURN_TLS_HOST, TURN_TLS_CERT and TURN_TLS_KEY (paths of PEM files), or none of them.',
  );
}

/** @typedef {Awaited<ReturnType<typeof planTurn>>} TurnPlan */

/**
 * A coturn of our own, for those whose network lets nothing else through. It relays UDP only, to this machine's media
 * address only, for people with credentials of ten minutes.
 *
 * @param {import('./services.mjs').ServiceContext} context
 * @param {TurnPlan} plan
 * @returns {Promise<import('./services.mjs').Provided>}
 */
export async function provideTurn(context, { port, secret, tls, env }) {
  const { data, programs, media } = context;
  const command = await programs.need('turn');
  const settings = join(data, 'turnserver.conf');
  writePrivateFile(settings, turnConf({ data, address: media.address, port, secret, tls }));
  const service = await keepRunning(
    {
      name: 'TURN server',
      command,
      args: ['-c', settings],
      isReady: () => answers(port, media.address),
      readyWithinMs: 15_000,
      stopWithinMs: 3000,
    },
    context,
  );
  return { service, env };
}

/** @param {{ data: string, address: string } & Pick<TurnPlan, 'port' | 'secret' | 'tls'>} options */
function turnConf({ data, address, port, secret, tls }) {
  return [
    `listening-ip=${address}`,
    `relay-ip=${address}`,
    `listening-port=${port}`,
    `min-port=${RELAY_PORTS.min}`,
    `max-port=${RELAY_PORTS.max}`,
    'realm=dialog',
    'use-auth-secret',
    `static-auth-secret=${secret}`,
    'fingerprint',
    ...(tls ? [`tls-listening-port=${tls.port}`, `cert=${tls.cert}`, `pkey=${tls.key}`] : ['no-tls']),
    'no-dtls',
    'no-tcp-relay',
    'no-cli',
    'no-multicast-peers',
    'no-rfc5780',
    'no-software-attribute',
    'user-quota=10',
    'total-quota=100',
    'max-allocate-lifetime=600',
    ...DENIED.map((range) => `denied-peer-ip=${range}`),
    // Two people behind relays, and the media server, are all at this one address.
    `allowed-peer-ip=${address}`,
    ...(address === '127.0.0.1' ? ['allow-loopback-peers'] : []),
    'log-file=stdout',
    'simple-log',
    `pidfile=${join(data, 'turnserver.pid')}`,
    `userdb=${join(data, 'turnserver.db')}`,
    '',
  ].join('\n');
}
