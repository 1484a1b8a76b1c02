import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { hostname, networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from './folders.mjs';
import { Failure } from './progress.mjs';
import { writePrivateFile } from './secrets.mjs';

const VALID_DAYS = 825;
const RENEW_BEFORE_MS = 30 * 24 * 3600 * 1000;
/** Bridges of containers and tunnels are addresses too, but no phone reaches them. */
const NOT_LAN = /^(docker|br-|veth|virbr|tun|tap|utun|wg|tailscale|lo)/;

/**
 * The address of this machine in the local network, if it is in one.
 *
 * @param {ReturnType<typeof networkInterfaces>} [interfaces]
 */
export function findLanAddress(interfaces = networkInterfaces()) {
  return Object.entries(interfaces)
    .filter(([name]) => !NOT_LAN.test(name))
    .flatMap(([, addresses]) => addresses ?? [])
    .find(({ family, internal, address }) => family === 'IPv4' && !internal && !address.startsWith('169.254.'))
    ?.address;
}

/** @throws {Failure} There is none. */
export function lanAddress() {
  const found = findLanAddress();
  if (found !== undefined) return found;
  throw new Failure(
    'This machine has no address in a local network.',
    'Connect it to a network, or start without --lan.',
  );
}

/**
 * A certificate that this machine signs for itself, for its addresses of today; made again when they change or it is
 * about to end. Browsers ask once whether to trust it.
 *
 * @param {string} data
 * @param {string} address
 */
export async function provideCertificate(data, address) {
  const files = { cert: join(data, 'tls.crt'), key: join(data, 'tls.key') };
  if (!isStillRight(files, address)) {
    const { generate } = await loadSelfsigned();
    const names = [
      { type: 2, value: 'localhost' },
      { type: 2, value: hostname() },
      { type: 7, ip: '127.0.0.1' },
      { type: 7, ip: address },
    ];
    const made = await generate([{ name: 'commonName', value: address }], {
      keySize: 2048,
      algorithm: 'sha256',
      notAfterDate: new Date(Date.now() + VALID_DAYS * 24 * 3600 * 1000),
      extensions: [
        { name: 'basicConstraints', cA: false },
        { name: 'keyUsage', digitalSignature: true, keyEncipherment: true },
        { name: 'extKeyUsage', serverAuth: true },
        { name: 'subjectAltName', altNames: names },
      ],
    });
    writePrivateFile(files.key, made.private);
    writePrivateFile(files.cert, made.cert);
  }
  return { ...files, fingerprint: new X509Certificate(readFileSync(files.cert)).fingerprint256 };
}

/**
 * @typedef {(attributes: { name: string, value: string }[], options: object) => Promise<{ private: string, cert: string }>} Generate
 * @returns {Promise<{ generate: Generate }>} It is there only after the packages are, so it is no import at the top.
 */
async function loadSelfsigned() {
  const path = createRequire(join(ROOT, 'server', 'package.json')).resolve('selfsigned');
  const loaded = await import(pathToFileURL(path).href);
  return loaded.default ?? loaded;
}

/** @param {{ cert: string, key: string }} files @param {string} address */
function isStillRight(files, address) {
  if (!existsSync(files.cert) || !existsSync(files.key)) return false;
  try {
    const certificate = new X509Certificate(readFileSync(files.cert));
    return certificate.checkIP(address) !== undefined && Date.parse(certificate.validTo) - Date.now() > RENEW_BEFORE_MS;
  } catch {
    return false;
  }
}
