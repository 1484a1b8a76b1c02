import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const rulesFile = join(root, '.dependency-cruiser.cjs');
const rules = createRequire(import.meta.url)(rulesFile).forbidden.map((rule) => rule.name);

/** One violation per rule: the file that commits it and its one line. */
const PLANTS = {
  'no-cycles': ['web/src/chats/egg.ts', "import { hen } from './hen.ts'; export const egg = () => hen;"],
  'nothing-unresolved': ['web/src/chats/lost.ts', "import 'no-such-package';"],
  'shared-runs-anywhere': ['shared/src/heavy.ts', "import { z } from 'zod'; export const heavy = z;"],
  'server-and-web-meet-in-shared': [
    'server/src/users/borrow.ts',
    "export { chatView } from '../../../web/src/chats/chatView.ts';",
  ],
  'web-and-server-meet-in-shared': [
    'web/src/users/borrow.ts',
    "export type { ChatService } from '../../../server/src/chats/chats.service.ts';",
  ],
  'the-browser-has-no-node': ['web/src/platform/files.ts', "export { readFile } from 'node:fs';"],
  'platform-knows-no-feature': [
    'server/src/platform/nosy.ts',
    "export type { ChatService } from '../chats/chats.service.ts';",
  ],
  'nobody-knows-the-composition-root': ['server/src/chats/all.ts', "export type { App } from '../app.ts';"],
  'config-is-passed-in': ['server/src/chats/env.ts', "export { config } from '../config.ts';"],
  'auth-knows-only-its-left': [
    'server/src/auth/ahead.ts',
    "export type { ChatService } from '../chats/chats.service.ts';",
  ],
  'users-knows-only-its-left': ['web/src/users/ahead.ts', "export { chatView } from '../chats/chatView.ts';"],
  'markup-knows-only-its-left': ['web/src/markup/ahead.ts', "export { chatView } from '../chats/chatView.ts';"],
  'emoji-knows-only-its-left': ['web/src/emoji/ahead.ts', "export { chatView } from '../chats/chatView.ts';"],
  'chats-knows-only-its-left': ['web/src/chats/ahead.ts', "export { callView } from '../calls/callView.ts';"],
  'settings-knows-only-its-left': ['web/src/settings/ahead.ts', "export { callView } from '../calls/callView.ts';"],
  'people-knows-only-its-left': ['web/src/people/ahead.ts', "export { callView } from '../calls/callView.ts';"],
  'customEmoji-knows-only-its-left': [
    'web/src/customEmoji/ahead.ts',
    "export { callView } from '../calls/callView.ts';",
  ],
  'invites-knows-only-its-left': ['web/src/invites/ahead.ts', "export { callView } from '../calls/callView.ts';"],
  'attachments-knows-only-its-left': [
    'web/src/attachments/ahead.ts',
    "export { callView } from '../calls/callView.ts';",
  ],
  'gifs-knows-only-its-left': ['web/src/gifs/ahead.ts', "export { callView } from '../calls/callView.ts';"],
  'messages-knows-only-its-left': ['web/src/messages/ahead.ts', "export { callView } from '../calls/callView.ts';"],
  'previews-knows-only-its-left': ['web/src/previews/ahead.ts', "export { callView } from '../calls/callView.ts';"],
  'search-knows-only-its-left': ['web/src/search/ahead.ts', "export { callView } from '../calls/callView.ts';"],
  'presence-knows-only-its-left': ['web/src/presence/ahead.ts', "export { callView } from '../calls/callView.ts';"],
  'calls-knows-only-its-left': ['web/src/calls/ahead.ts', "export { pushView } from '../push/pushView.ts';"],
  'services-are-passed-in': [
    'server/src/calls/grab.ts',
    "export { createChatService } from '../chats/chats.service.ts';",
  ],
  'routes-and-gateways-call-services': [
    'server/src/chats/chats.routes.ts',
    "export { createChatRepository } from './chats.repository.ts';",
  ],
  'sql-stays-home': ['server/src/calls/read.ts', "export type { ChatRepository } from '../chats/chats.repository.ts';"],
  'services-know-no-transport': ['server/src/users/users.service.ts', "export { fastify } from 'fastify';"],
  'technology-stays-in-platform': ['server/src/users/direct.ts', "export { Redis } from 'ioredis';"],
  'one-way-out': ['server/src/users/outside.ts', "export { request } from 'node:https';"],
  'livekit-is-loaded-late': ['web/src/app/early.ts', "export { Room } from 'livekit-client';"],
  'testing-is-for-tests': ['server/src/platform/cheat.ts', "export { aUser } from '../testing/aUser.ts';"],
  'the-product-knows-no-tools': ['server/src/platform/tool.ts', "export { measure } from '../../../bench/measure.ts';"],
};

/** What the plants point at, and imports of each kind that must stay allowed. */
const LAWFUL = {
  'shared/src/chats.ts': "import * as z from 'zod/mini'; export const Chat = z.object({});",
  'server/src/config.ts': 'export const config = {};',
  'server/src/app.ts':
    "import { createChatService } from './chats/chats.service.ts'; import { config } from './config.ts'; export interface App {} export const app = () => [createChatService, config];",
  'server/src/chats/chats.service.ts':
    "import type { ChatRepository } from './chats.repository.ts'; import type { FastifyRequest } from 'fastify'; import { Chat } from '@dialog/shared/chats'; export interface ChatService { repository: ChatRepository; request: FastifyRequest } export const createChatService = () => Chat;",
  'server/src/chats/chats.repository.ts':
    'export interface ChatRepository {} export const createChatRepository = () => ({});',
  'server/src/calls/calls.service.ts':
    "import type { ChatService } from '../chats/chats.service.ts'; export interface CallService { chats: ChatService }",
  'server/src/chats/chats.test.ts':
    "import { test } from 'vitest'; import { aUser } from '../testing/aUser.ts'; test('', aUser);",
  'server/src/testing/aUser.ts': "import { app } from '../app.ts'; export const aUser = () => app();",
  'server/src/platform/http.ts': "import { fastify } from 'fastify'; export const http = fastify;",
  'web/src/chats/chatView.ts': 'export const chatView = 1;',
  'web/src/push/pushView.ts': 'export const pushView = 1;',
  'web/src/chats/hen.ts': "import { egg } from './egg.ts'; export const hen = () => egg;",
  'web/src/calls/callView.ts':
    "import { Room } from 'livekit-client'; import { chatView } from '../chats/chatView.ts'; export const callView = [Room, chatView];",
  'web/src/app/page.ts': "export { callView } from '../calls/callView.ts';",
  'bench/measure.ts': 'export const measure = 1;',
};

const PACKAGES = ['fastify', 'ioredis', 'livekit-client', 'vitest', 'zod', 'zod/mini'];

let tree = '';
let violations = [];

async function write(path, text) {
  await mkdir(dirname(join(tree, path)), { recursive: true });
  await writeFile(join(tree, path), `${text}\n`);
}

beforeAll(async () => {
  tree = await mkdtemp(join(tmpdir(), 'dialog-layers-'));
  await write('package.json', '{ "type": "module" }');
  await write('shared/package.json', '{ "name": "@dialog/shared", "exports": { "./*": "./src/*.ts" } }');
  for (const name of PACKAGES) await write(`node_modules/${name}/index.js`, 'export {};');
  await write('node_modules/zod/package.json', '{ "exports": { ".": "./index.js", "./mini": "./mini/index.js" } }');
  await mkdir(join(tree, 'node_modules/@dialog'));
  await symlink('../../shared', join(tree, 'node_modules/@dialog/shared'));
  for (const [path, text] of Object.entries(LAWFUL)) await write(path, text);
  for (const [path, text] of Object.values(PLANTS)) await write(path, text);

  const cruise = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const found = await promisify(execFile)(
    process.execPath,
    [cruise, '--config', rulesFile, '--output-type', 'json', 'shared', 'server', 'web'],
    { cwd: tree, maxBuffer: 1 << 26 },
  ).catch((failure) => failure);
  if (!found.stdout) throw new Error(found.stderr);
  violations = JSON.parse(found.stdout).summary.violations;
}, 60_000);

afterAll(() => rm(tree, { recursive: true, force: true }));

test('every rule of the layers has a violation planted here', () => {
  expect(Object.keys(PLANTS).toSorted()).toEqual(rules.toSorted());
});

test.each(Object.entries(PLANTS))('a breach of %s is reported', (rule, [path]) => {
  expect(violations.filter((violation) => violation.rule.name === rule).map((violation) => violation.from)).toContain(
    path,
  );
});

test('what the rules allow is not reported', () => {
  const ringleader = 'web/src/chats/hen.ts';
  const wronged = violations.filter(({ from }) => from in LAWFUL && from !== ringleader);
  expect(wronged.map(({ from, to, rule }) => `${rule.name}: ${from} → ${to}`)).toEqual([]);
});
