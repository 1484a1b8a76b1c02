/**
 * LiveKit's signalling, as far as it takes to be offered a connection: protocol buffers with text in them.
 *
 * @typedef {{ iceUfrag: string, icePwd: string }} Ice
 * @typedef {{ ice: Ice, candidates: { transport: string, address: string, port: number }[], close(): void }} Offered
 */
const OFFER = 3;
const TRICKLE = 4;
const ANSWER = 2;
const OFFER_WITHIN_MS = 5000;
/** Candidates come after the offer, one by one. */
const CANDIDATES_WITHIN_MS = 1500;

/** @param {Uint8Array} bytes @returns {Map<number, Uint8Array>} The fields that hold bytes; others are passed over. */
function fields(bytes) {
  /** @type {Map<number, Uint8Array>} */
  const found = new Map();
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at] ?? 0;
      at += 1;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  };
  while (at < bytes.length) {
    const tag = varint();
    const kind = tag & 7;
    if (kind === 2) {
      const length = varint();
      found.set(tag >>> 3, bytes.subarray(at, at + length));
      at += length;
    } else if (kind === 0) varint();
    else at += kind === 5 ? 4 : 8;
  }
  return found;
}

/** @param {number} number @param {Uint8Array | string} content */
function field(number, content) {
  const bytes = Buffer.from(content);
  const length = [];
  for (let rest = bytes.length; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) {
      length.push(rest);
      break;
    }
    length.push((rest % 128) + 128);
  }
  return Buffer.concat([Buffer.from([number * 8 + 2, ...length]), bytes]);
}

/** @param {string} sdp @param {string} name */
function line(sdp, name) {
  return new RegExp(`^a=${name}:(.*?)\\r?$`, 'm').exec(sdp)?.[1] ?? '';
}

/**
 * Joins a room and lets itself be offered a connection.
 *
 * @param {string} url `ws://…` with the token in it.
 * @param {Ice} mine
 * @returns {Promise<Offered>}
 */
export function takeOffer(url, mine) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url);
    socket.binaryType = 'arraybuffer';
    /** @type {Offered['candidates']} */
    const candidates = [];
    /** @type {Ice | undefined} */
    let ice;
    const timer = setTimeout(() => {
      socket.close();
      reject(new Error('no offer within 5 s'));
    }, OFFER_WITHIN_MS);
    socket.addEventListener('error', () => {
      clearTimeout(timer);
      reject(new Error('its signalling refuses us'));
    });
    socket.addEventListener('message', ({ data }) => {
      const message = fields(new Uint8Array(data));
      const trickle = message.get(TRICKLE);
      if (trickle) candidates.push(...candidatesOf(Buffer.from(fields(trickle).get(1) ?? []).toString()));
      const offer = message.get(OFFER);
      if (!offer || ice) return;
      const sdp = Buffer.from(fields(offer).get(2) ?? []).toString();
      ice = { iceUfrag: line(sdp, 'ice-ufrag'), icePwd: line(sdp, 'ice-pwd') };
      candidates.push(...sdp.split(/\r?\n/).flatMap(candidatesOf));
      socket.send(field(ANSWER, Buffer.concat([field(1, 'answer'), field(2, answerTo(sdp, mine))])));
      clearTimeout(timer);
      const offered = { ice, candidates, close: () => socket.close() };
      setTimeout(() => resolve(offered), CANDIDATES_WITHIN_MS);
    });
  });
}

/** @param {string} text A line of SDP, or the JSON that browsers trickle. */
function candidatesOf(text) {
  const found = /candidate:\S+ 1 (udp|tcp) \d+ ([\d.]+) (\d+) typ host/i.exec(text);
  if (!found) return [];
  const [, transport = '', address = '', port = ''] = found;
  return [{ transport: transport.toLowerCase(), address, port: Number(port) }];
}

/** Takes each part offered; no media will ever flow. @param {string} offer @param {Ice} mine */
function answerTo(offer, { iceUfrag, icePwd }) {
  const mid = line(offer, 'mid') || '0';
  const fingerprint = Array.from({ length: 32 }, () => 'AB').join(':');
  return [
    'v=0',
    'o=- 1 1 IN IP4 127.0.0.1',
    's=-',
    't=0 0',
    `a=group:BUNDLE ${mid}`,
    `a=fingerprint:sha-256 ${fingerprint}`,
    'a=setup:active',
    'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
    'c=IN IP4 0.0.0.0',
    `a=ice-ufrag:${iceUfrag}`,
    `a=ice-pwd:${icePwd}`,
    `a=mid:${mid}`,
    'a=sctp-port:5000',
    '',
  ].join('\r\n');
}
