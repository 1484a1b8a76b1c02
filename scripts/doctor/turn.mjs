import { createHash, createHmac } from 'node:crypto';
import { askInStream, askInTls, askOverUdp } from './ask.mjs';
import { bad, fine, reasonOf, unknown } from './report.mjs';
import { ATTRIBUTE, METHOD, errorCode, hideAddress, showAddress } from './stun.mjs';

const UDP = Buffer.from([17, 0, 0, 0]);
const CREDENTIALS_SECONDS = 60;
/** Reachable from inside of many networks, and so never through a relay. */
const PRIVATE_PEER = '10.0.0.1';
/** Only asked about; nothing is sent to it. */
const PUBLIC_PEER = '1.1.1.1';
const DENY = 'Take the ranges of denied-peer-ip from deploy/turnserver.conf.';
const FORBIDDEN = 403;
const PORTS = { turn: 3478, turns: 5349 };

/** What may be wrong with each way in. */
const FIX = {
  UDP: 'See that coturn runs (logs/turn-server.log) and that the firewall lets its port through for UDP.',
  TCP: 'See that coturn runs (logs/turn-server.log) and that the firewall lets its port through for TCP.',
  TLS: 'coturn needs a certificate for this very name that browsers trust, with its chain (cert, pkey), and its port open for TCP.',
};

/** @typedef {{ over: keyof typeof FIX, host: string, port: number }} Way */

/**
 * Relays really: asks for a relayed address as a browser does, by each way that browsers are given, and then for a way
 * into a private network, which must be refused.
 *
 * @param {Record<string, string | undefined>} env
 * @param {{ ca?: Buffer | undefined }} [trust] Whom else than the browsers' authorities to believe.
 * @returns {Promise<import('./report.mjs').Finding[]>}
 */
export async function lookAtTurn(env, trust) {
  const secret = env['TURN_SECRET'];
  const ways = waysIn(env['TURN_URLS'] ?? '');
  if (ways.length === 0 || !secret) {
    return [
      unknown(
        'TURN: none is named; calls work where the network lets UDP or TCP to this server through.',
        'Set TURN_URLS and TURN_SECRET, or install coturn.',
      ),
    ];
  }
  const looked = await Promise.all(ways.map((way) => lookAt(way, secret, trust)));
  // What it relays to is the same by every way.
  return [
    ...looked.flatMap(({ findings }) => findings),
    ...(looked.find(({ reach }) => reach.length > 0)?.reach ?? []),
  ];
}

/** As browsers read it (RFC 7065). @param {string} urls @returns {Way[]} */
function waysIn(urls) {
  return urls.split(',').flatMap((url) => {
    const [, scheme, host = '', port, transport] =
      /^\s*(turns?):([\w.-]+)(?::(\d+))?(?:\?transport=(udp|tcp))?\s*$/.exec(url) ?? [];
    if (scheme !== 'turn' && scheme !== 'turns') return [];
    const over = scheme === 'turns' ? 'TLS' : transport === 'tcp' ? 'TCP' : 'UDP';
    return [{ over, host, port: Number(port ?? PORTS[scheme]) }];
  });
}

/** @param {Way} way @param {{ ca?: Buffer | undefined }} [trust] @returns {import('./ask.mjs').Line} */
function lineBy({ over, host, port }, trust) {
  if (over === 'UDP') return askOverUdp(host, port);
  return over === 'TCP' ? askInStream(host, port) : askInTls(host, port, trust);
}

/**
 * @param {Way} way
 * @param {string} secret
 * @param {{ ca?: Buffer | undefined }} [trust]
 * @returns {Promise<Looked>}
 */
async function lookAt(way, secret, trust) {
  const line = lineBy(way, trust);
  const name = `TURN over ${way.over} at ${way.host}:${way.port}`;
  try {
    return await allocate(line, { name, secret });
  } catch (error) {
    // Behind a semicolon Node tells of settings of its own.
    const [reason] = reasonOf(error).split(';');
    return { findings: [bad(`${name}: ${reason}.`, FIX[way.over])], reach: [] };
  } finally {
    line.close();
  }
}

/** @typedef {{ findings: import('./report.mjs').Finding[], reach: import('./report.mjs').Finding[] }} Looked */

/** @param {import('./ask.mjs').Line} line @param {{ name: string, secret: string }} options @returns {Promise<Looked>} */
async function allocate(line, { name, secret }) {
  const first = await line.ask({ method: METHOD.allocate, attributes: [[ATTRIBUTE.transport, UDP]] });
  if (first.isSuccess) {
    const fix = 'Set use-auth-secret and static-auth-secret in its settings.';
    return { findings: [bad(`${name}: it relays for anybody, without credentials.`, fix)], reach: [] };
  }
  const realm = first.attributes.get(ATTRIBUTE.realm) ?? Buffer.alloc(0);
  const nonce = first.attributes.get(ATTRIBUTE.nonce) ?? Buffer.alloc(0);
  const signed = signer({ secret, realm, nonce });

  const answer = await line.ask(signed(METHOD.allocate, [[ATTRIBUTE.transport, UDP]]));
  const relayed = answer.attributes.get(ATTRIBUTE.relayed);
  if (!answer.isSuccess || !relayed) {
    const fix = 'TURN_SECRET must be what static-auth-secret is, and both clocks must be right.';
    const findings = [bad(`${name}: it refuses our credentials (${errorCode(answer) ?? 'no code'}).`, fix)];
    return { findings, reach: [] };
  }
  const mayReach = async (/** @type {string} */ peer) => {
    const permission = await line.ask(signed(METHOD.createPermission, [[ATTRIBUTE.peer, hideAddress(peer, 80)]]));
    return permission.isSuccess || errorCode(permission) !== FORBIDDEN;
  };
  const reach = [
    (await mayReach(PRIVATE_PEER))
      ? bad(`TURN: it would relay to ${PRIVATE_PEER}, into a private network.`, DENY)
      : fine('TURN: it relays nothing into private networks.'),
  ];
  if (!(await mayReach(PUBLIC_PEER))) reach.push(bad('TURN: it relays nothing into the open internet either.', DENY));
  await line.ask(signed(METHOD.refresh, [[ATTRIBUTE.lifetime, Buffer.alloc(4)]]));
  return { findings: [fine(`${name}: it relays, from ${showAddress(relayed)}.`)], reach };
}

/** Credentials that end (TURN REST): the name says when, the password proves that we said so. @param {{ secret: string, realm: Buffer, nonce: Buffer }} terms */
function signer({ secret, realm, nonce }) {
  const name = `${Math.floor(Date.now() / 1000) + CREDENTIALS_SECONDS}:doctor`;
  const password = createHmac('sha1', secret).update(name).digest('base64');
  const key = createHash('md5').update(`${name}:${realm.toString()}:${password}`).digest();
  return (/** @type {number} */ method, /** @type {[number, Buffer][]} */ attributes) => ({
    method,
    attributes: /** @type {[number, Buffer][]} */ ([
      ...attributes,
      [ATTRIBUTE.username, Buffer.from(name)],
      [ATTRIBUTE.realm, realm],
      [ATTRIBUTE.nonce, nonce],
    ]),
    key,
  });
}
