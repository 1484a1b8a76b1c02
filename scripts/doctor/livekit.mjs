import { createHmac, randomBytes } from 'node:crypto';
import { askOverTcp, askOverUdp } from './ask.mjs';
import { bad, fine, reasonOf, unknown } from './report.mjs';
import { takeOffer } from './signalling.mjs';
import { ATTRIBUTE, METHOD } from './stun.mjs';

const TOKEN_SECONDS = 60;
const FIREWALL = 'Let the port through the firewall, and see that node_ip in its settings is the address people reach.';

/** @typedef {{ url: string, key: string, secret: string }} Livekit */

/** @param {Livekit} livekit @param {object} video The rights. */
function token({ key, secret }, video) {
  const part = (/** @type {object} */ value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const now = Math.floor(Date.now() / 1000);
  const body = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ iss: key, sub: 'doctor', nbf: now - 10, exp: now + TOKEN_SECONDS, video })}`;
  return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`;
}

/** @param {Livekit} livekit @param {string} act @param {{ body: object, video: object }} request */
async function ask(livekit, act, { body, video }) {
  const answer = await fetch(`${livekit.url}/twirp/livekit.RoomService/${act}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token(livekit, video)}` },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(5000),
  });
  if (!answer.ok) throw new Error(answer.status === 401 ? 'it does not take our key' : `it answered ${answer.status}`);
}

/**
 * @param {Record<string, string | undefined>} env
 * @returns {Promise<import('./report.mjs').Finding[]>}
 */
export async function lookAtLivekit(env) {
  const servers = serversIn(env);
  if (servers.length === 0)
    return [
      unknown(
        'LiveKit: none is named.',
        'Set LIVEKIT_URL, LIVEKIT_API_KEY and LIVEKIT_API_SECRET, or start Dialog by npm start.',
      ),
    ];
  const findings = [];
  for (const livekit of servers) findings.push(...(await lookAt(livekit)));
  return findings;
}

/**
 * As server/src/config.livekit.ts reads it: a server's own key before its host, else the common one.
 *
 * @param {Record<string, string | undefined>} env
 * @returns {Livekit[]}
 */
function serversIn(env) {
  const entries = (env['LIVEKIT_URLS'] || env['LIVEKIT_URL'] || '').split(',');
  return entries
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .map((entry) => {
      const { origin, pathname, username, password } = new URL(entry);
      return {
        url: origin + pathname.replace(/\/$/, ''),
        key: decodeURIComponent(username) || (env['LIVEKIT_API_KEY'] ?? ''),
        secret: decodeURIComponent(password) || (env['LIVEKIT_API_SECRET'] ?? ''),
      };
    });
}

/**
 * Goes in as a participant: makes a room, is offered a connection, and knocks at each address that it is given.
 *
 * @param {Livekit} livekit
 * @returns {Promise<import('./report.mjs').Finding[]>}
 */
async function lookAt(livekit) {
  const { url } = livekit;
  const room = `doctor-${randomBytes(12).toString('hex')}`;
  try {
    await ask(livekit, 'CreateRoom', { body: { name: room, empty_timeout: 10 }, video: { roomCreate: true } });
  } catch (error) {
    return [
      bad(
        `LiveKit at ${url}: ${reasonOf(error)}.`,
        'See that it runs (logs/livekit.log), and that LIVEKIT_API_KEY and LIVEKIT_API_SECRET are the pair under "keys" in its settings.',
      ),
    ];
  }
  try {
    return [fine(`LiveKit: it answers at ${url} and takes our key.`), ...(await knock(livekit, room))];
  } catch (error) {
    return [bad(`LiveKit: ${reasonOf(error)}.`, 'Its log (logs/livekit.log) says why.')];
  } finally {
    await ask(livekit, 'DeleteRoom', { body: { room }, video: { roomCreate: true } }).catch(() => {});
  }
}

/** @param {Livekit} livekit @param {string} room */
async function knock(livekit, room) {
  const mine = { iceUfrag: randomBytes(6).toString('hex'), icePwd: randomBytes(16).toString('hex') };
  const access = token(livekit, { roomJoin: true, room, canPublish: false, canSubscribe: true });
  const offered = await takeOffer(
    `${livekit.url.replace(/^http/, 'ws')}/rtc?access_token=${access}&protocol=9&auto_subscribe=1`,
    mine,
  );
  try {
    /** @type {import('./report.mjs').Finding[]} */
    const findings = [];
    for (const transport of ['udp', 'tcp']) findings.push(await tryTransport(transport, offered, mine));
    return findings;
  } finally {
    offered.close();
  }
}

/**
 * @param {string} transport
 * @param {import('./signalling.mjs').Offered} offered
 * @param {import('./signalling.mjs').Ice} mine
 */
async function tryTransport(transport, { ice, candidates }, mine) {
  const name = transport.toUpperCase();
  const places = candidates.filter((candidate) => candidate.transport === transport);
  if (places.length === 0)
    return bad(`LiveKit: it offers no address over ${name}.`, `Set rtc.${transport}_port in its settings.`);
  const failures = [];
  for (const { address, port } of places) {
    const line = transport === 'udp' ? askOverUdp(address, port) : askOverTcp(address, port);
    try {
      await line.ask(binding(ice, mine));
      return fine(`LiveKit: media reaches it over ${name} at ${address}:${port}.`);
    } catch (error) {
      failures.push(`${address}:${port} (${reasonOf(error)})`);
    } finally {
      line.close();
    }
  }
  return bad(`LiveKit: media does not reach it over ${name}: ${failures.join(', ')}.`, FIREWALL);
}

/** The question that ICE asks before any media. @param {import('./signalling.mjs').Ice} theirs @param {import('./signalling.mjs').Ice} mine */
function binding(theirs, mine) {
  return {
    method: METHOD.binding,
    attributes: /** @type {[number, Buffer][]} */ ([
      [ATTRIBUTE.username, Buffer.from(`${theirs.iceUfrag}:${mine.iceUfrag}`)],
      [ATTRIBUTE.priority, Buffer.from([0x6e, 0x00, 0x00, 0xff])],
      [ATTRIBUTE.controlled, randomBytes(8)],
    ]),
    key: Buffer.from(theirs.icePwd),
  };
}
