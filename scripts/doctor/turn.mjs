import { createHash, createHmac } from 'node:crypto';
import { askOverUdp } from './ask.mjs';
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

/**
 * Relays really: asks for a relayed address as a browser does, and then for a way into a private network, which must
 * be refused.
 *
 * @param {Record<string, string | undefined>} env
 * @returns {Promise<import('./report.mjs').Finding[]>}
 */
export async function lookAtTurn(env) {
  const secret = env['TURN_SECRET'];
  const place = /^turn:([\d.]+|[\w.-]+):(\d+)/.exec(env['TURN_URLS'] ?? '');
  if (!place || !secret) {
    return [
      unknown(
        'TURN: none is named; calls work where the network lets UDP or TCP to this server through.',
        'Set TURN_URLS and TURN_SECRET, or install coturn.',
      ),
    ];
  }
  const [, address = '', port = ''] = place;
  const line = askOverUdp(address, Number(port));
  try {
    return await allocate(line, secret);
  } catch (error) {
    return [
      bad(
        `TURN at ${address}:${port}: ${reasonOf(error)}.`,
        'See that coturn runs (logs/turn-server.log) and that the firewall lets its port through for UDP and TCP.',
      ),
    ];
  } finally {
    line.close();
  }
}

/** @param {import('./ask.mjs').Line} line @param {string} secret */
async function allocate(line, secret) {
  const first = await line.ask({ method: METHOD.allocate, attributes: [[ATTRIBUTE.transport, UDP]] });
  if (first.isSuccess)
    return [
      bad(
        'TURN: it relays for anybody, without credentials.',
        'Set use-auth-secret and static-auth-secret in its settings.',
      ),
    ];
  const realm = first.attributes.get(ATTRIBUTE.realm) ?? Buffer.alloc(0);
  const nonce = first.attributes.get(ATTRIBUTE.nonce) ?? Buffer.alloc(0);
  const signed = signer({ secret, realm, nonce });

  const answer = await line.ask(signed(METHOD.allocate, [[ATTRIBUTE.transport, UDP]]));
  const relayed = answer.attributes.get(ATTRIBUTE.relayed);
  if (!answer.isSuccess || !relayed) {
    return [
      bad(
        `TURN: it refuses our credentials (${errorCode(answer) ?? 'no code'}).`,
        'TURN_SECRET must be what static-auth-secret is, and both clocks must be right.',
      ),
    ];
  }
  const findings = [fine(`TURN: it relays, from ${showAddress(relayed)}.`)];
  const mayReach = async (/** @type {string} */ peer) => {
    const permission = await line.ask(signed(METHOD.createPermission, [[ATTRIBUTE.peer, hideAddress(peer, 80)]]));
    return permission.isSuccess || errorCode(permission) !== FORBIDDEN;
  };
  findings.push(
    (await mayReach(PRIVATE_PEER))
      ? bad(`TURN: it would relay to ${PRIVATE_PEER}, into a private network.`, DENY)
      : fine('TURN: it relays nothing into private networks.'),
  );
  if (!(await mayReach(PUBLIC_PEER)))
    findings.push(bad('TURN: it relays nothing into the open internet either.', DENY));
  await line.ask(signed(METHOD.refresh, [[ATTRIBUTE.lifetime, Buffer.alloc(4)]]));
  return findings;
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
