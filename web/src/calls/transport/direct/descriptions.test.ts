import { expect, test } from 'vitest';
import { fingerprintsOf, withSoundWishes } from './descriptions.ts';

const AUDIO =
  'm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=rtpmap:111 opus/48000/2\r\na=fmtp:111 minptime=10;useinbandfec=1\r\n';
const VIDEO = 'm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=rtpmap:96 VP8/90000\r\n';

test('the voice pauses and repairs itself; the sound of a screen has both channels and no pauses', () => {
  const sdp = withSoundWishes(`v=0\r\n${AUDIO}${VIDEO}${VIDEO}${AUDIO}`);
  const [voice, music] = [...sdp.matchAll(/a=fmtp:111 (.*)\r\n/g)].map(([, found]) => found);
  expect(voice).toBe('minptime=10;usedtx=1;useinbandfec=1');
  expect(music).toBe('minptime=10;useinbandfec=1;stereo=1;sprop-stereo=1;usedtx=0;maxaveragebitrate=128000');
  expect(sdp.split('\r\n')).toHaveLength(`v=0\r\n${AUDIO}${VIDEO}${VIDEO}${AUDIO}`.split('\r\n').length);
});

test('a second fingerprint slipped in beside the first is part of what is compared', () => {
  const one = 'a=fingerprint:sha-256 AA:BB\r\n';
  expect(fingerprintsOf(`v=0\r\n${one}m=audio\r\n${one}`)).toBe('sha-256 AA:BB');
  expect(fingerprintsOf(`v=0\r\n${one}a=fingerprint:SHA-256 cc:dd\r\n`)).toBe('sha-256 AA:BB\nsha-256 CC:DD');
});
