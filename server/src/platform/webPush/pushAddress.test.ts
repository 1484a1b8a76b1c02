import { expect, test } from 'vitest';
import { serviceOf } from './pushAddress.ts';

const REACH = { hosts: ['push.example.org', '*.own.example'], allow: ['127.0.0.1:8080'] };

test.each([
  'https://fcm.googleapis.com/fcm/send/abc',
  'https://updates.push.services.mozilla.com/wpush/v2/abc',
  'https://web.push.apple.com/abc',
  'https://db5.notify.windows.com/w/?token=abc',
  'https://push.example.org/abc',
  'https://a.b.own.example/abc',
  'http://127.0.0.1:8080/wpush/v2/abc',
])('a browser may name %s', (address) => {
  expect(serviceOf(address, REACH)).toBe(new URL(address).host);
});

test.each([
  'http://fcm.googleapis.com/fcm/send/abc',
  'https://fcm.googleapis.com:8443/fcm/send/abc',
  'https://fcm.googleapis.com@127.0.0.1/abc',
  'https://user@fcm.googleapis.com/abc',
  'https://fcm.googleapis.com.attacker.example/abc',
  'https://evilpush.apple.com.attacker.example/',
  'https://notpush.apple.com/abc',
  'https://push.apple.com/abc',
  'https://own.example/abc',
  'https://127.0.0.1/abc',
  'https://[::1]/abc',
  'http://127.0.0.1:8081/abc',
  'https://169.254.169.254/latest/meta-data',
  'file:///etc/passwd',
  'ftp://fcm.googleapis.com/abc',
  'nonsense',
])('nobody may name %s', (address) => {
  expect(serviceOf(address, REACH)).toBeNull();
});
