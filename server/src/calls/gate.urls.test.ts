import { expect, test } from 'vitest';
import { readGateUrl } from './gate.urls.ts';

test('the gate knows the addresses that livekit-client makes of a path below our origin', () => {
  expect(readGateUrl('/rtc/main/rtc/v1?access_token=t&join_request=abc')).toEqual({
    kind: 'signal',
    server: 'main',
    target: '/rtc/v1?access_token=t&join_request=abc',
    token: 't',
  });
  expect(readGateUrl('/rtc/main/rtc?access_token=t&reconnect=1')).toEqual({
    kind: 'signal',
    server: 'main',
    target: '/rtc?access_token=t&reconnect=1',
    token: 't',
  });
  expect(readGateUrl('/rtc/main/rtc/v1/validate?access_token=t')).toEqual({
    kind: 'validate',
    server: 'main',
    target: '/rtc/v1/validate?access_token=t',
    token: 't',
  });
  expect(readGateUrl('/rtc/main/rtc/validate', 'Bearer t')).toEqual({
    kind: 'validate',
    server: 'main',
    target: '/rtc/validate',
    token: 't',
  });
});

test.each([
  '/rtc/main/twirp/livekit.RoomService/ListRooms?access_token=t',
  '/rtc/main/rtc/../twirp/livekit.RoomService/ListRooms?access_token=t',
  '/rtc/main/rtc/%2e%2e/debug/rooms?access_token=t',
  '/rtc/main//rtc?access_token=t',
  '/rtc/main/?access_token=t',
  '/rtc/10.0.0.2/rtc?access_token=t',
  '/rtc//rtc?access_token=t',
  '/rtc/main//',
  '/rtc/main//[/rtc?access_token=t',
  '/rtc/rtc?access_token=t',
  '/elsewhere/rtc/main/rtc?access_token=t',
  '/rtc/main/rtc?access_token=',
  '/rtc/main/rtc',
  `/rtc/main/rtc?access_token=${'t'.repeat(40_000)}`,
])('nothing else of the media server is reached: %s', (url) => {
  expect(readGateUrl(url)).toBeNull();
});
