import { expect, test } from 'vitest';
import { withdrawalFrom } from './push.withdrawal.ts';

test.each([
  ['fcm.googleapis.com', true],
  ['jmt17.google.com', false],
  ['web.push.apple.com', true],
  ['wns2-par02p.notify.windows.com', true],
  ['updates.push.services.mozilla.com', false],
  ['googleapis.com.attacker.example', false],
])('to %s what is taken off has to be shown: %s', (service, mustShow) => {
  const subscription = {
    service,
    id: '',
    userId: '' as never,
    language: 'de',
    keys: { endpoint: '', p256dh: '', auth: '' },
  };
  const { content } = withdrawalFrom(subscription, { tag: 'chat:1', until: 7, about: '' }, new Date());
  expect(content).toEqual({ kind: 'withdraw', tag: 'chat:1', until: 7, mustShow, language: 'de', isQuiet: true });
});
