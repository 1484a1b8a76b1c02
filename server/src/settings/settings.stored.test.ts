import { DEFAULT_SETTINGS, type Settings } from '@dialog/shared/settings';
import { expect, test } from 'vitest';
import { changedBody, openedSettings } from './settings.stored.ts';

const CLOSED = { write: 'friends', call: 'nobody', readReceipts: false } as const;

test('a choice that nobody can make here is as by default, and opens nothing else that was closed', () => {
  const body = JSON.stringify({
    privacy: { ...CLOSED, lastSeen: 'acquaintances' },
    notifications: { sound: 'of a later version', showsContent: false },
    appearance: 'none',
  });
  const opened = openedSettings(body);
  expect(opened.privacy).toEqual({ ...DEFAULT_SETTINGS.privacy, ...CLOSED });
  expect(opened.notifications).toEqual({ ...DEFAULT_SETTINGS.notifications, showsContent: false });
  expect(opened.appearance).toEqual(DEFAULT_SETTINGS.appearance);
});

test('what is no settings at all, and nothing, are the defaults', () => {
  for (const body of [undefined, 'null', '[]', '7']) expect(openedSettings(body)).toEqual(DEFAULT_SETTINGS);
});

test('a change leaves what another version wrote for that version', () => {
  const later = { notifications: { sound: 'of a later version' }, later: { isOn: true } };
  const body = changedBody(JSON.stringify(later), { notifications: { calls: false } });
  expect(JSON.parse(body)).toEqual({ ...later, notifications: { sound: 'of a later version', calls: false } });
  expect(openedSettings(body).notifications).toEqual({ ...DEFAULT_SETTINGS.notifications, calls: false });
});

test('what is chosen is read again as it was chosen', () => {
  const chosen: Settings = {
    appearance: { theme: 'dark', language: 'de' },
    privacy: { ...DEFAULT_SETTINGS.privacy, ...CLOSED },
    notifications: {
      ...DEFAULT_SETTINGS.notifications,
      quietHours: { from: 1_320, until: 420, timeZone: 'Europe/Berlin' },
    },
    presence: { choice: 'invisible', until: '2026-12-01T00:00:00.000Z' },
  };
  expect(openedSettings(changedBody(undefined, chosen))).toEqual(chosen);
});
