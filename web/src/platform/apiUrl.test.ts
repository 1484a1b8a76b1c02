import { expect, test } from 'vitest';
import { urlOf } from './apiUrl.ts';

test('an address has its parameters filled in, so that none can lead elsewhere', () => {
  expect(urlOf('/users/by-name/:userName', { userName: 'a/../b?c' })).toBe('/api/users/by-name/a%2F..%2Fb%3Fc');
});

test('what is not asked for is not in the query', () => {
  expect(urlOf('/chats/:chatId/members', { chatId: 'x' }, { after: undefined })).toBe('/api/chats/x/members');
  expect(urlOf('/chats/:chatId/changes', { chatId: 'x' }, { since: '4' })).toBe('/api/chats/x/changes?since=4');
});

test('an address with a hole in it is a mistake', () => {
  expect(() => urlOf('/chats/:chatId', {})).toThrow(TypeError);
  expect(() => urlOf('/chats/:chatId', { chatId: '' })).toThrow(TypeError);
});
