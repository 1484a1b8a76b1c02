import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import FEATURES from './features.cjs';
import { draw, edgesOf, withGraph } from './graph.mjs';

const imports = (source, resolved, ...dependencyTypes) => ({ source, dependencies: [{ resolved, dependencyTypes }] });

test('an edge is dotted while only types are known, and drawn through once one import runs', () => {
  const byType = imports('server/src/calls/a.ts', 'server/src/chats/b.ts', 'local', 'type-only');
  expect(edgesOf('server', [byType])).toEqual(['    server.calls[calls] -.-> server.chats[chats]']);
  const byValue = imports('server/src/calls/c.ts', 'server/src/chats/b.ts', 'local');
  expect(edgesOf('server', [byValue, byType])).toEqual(['    server.calls[calls] --> server.chats[chats]']);
});

test('platform, tests, a feature within itself and the other side are left out', () => {
  const modules = [
    imports('web/src/calls/a.ts', 'web/src/platform/b.ts', 'local'),
    imports('web/src/calls/a.test.ts', 'web/src/chats/b.ts', 'local'),
    imports('web/src/calls/a.ts', 'web/src/calls/b.ts', 'local'),
    imports('server/src/calls/a.ts', 'server/src/chats/b.ts', 'local'),
  ];
  expect(edgesOf('web', modules)).toEqual([]);
});

test('drawing again changes nothing but what is between the markers', () => {
  const text = 'before\n<!-- graph:start -->\nold\n<!-- graph:end -->\nafter';
  const once = withGraph(text, draw([]));
  expect(once).toMatch(/^before\n<!-- graph:start -->\n```mermaid[\s\S]*```\n<!-- graph:end -->\nafter$/);
  expect(withGraph(once, draw([]))).toBe(once);
});

const ROOT = resolve(import.meta.dirname, '../..');
const NO_FEATURES = new Set(['about', 'platform', 'ui', 'app', 'testing', 'worker']);

test('each folder of server and web is a feature in the one order, and ARCHITECTURE.md says that order', () => {
  const folders = ['server', 'web'].flatMap((side) =>
    readdirSync(join(ROOT, side, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory()),
  );
  const features = new Set(folders.map(({ name }) => name).filter((name) => !NO_FEATURES.has(name)));
  expect([...features].toSorted()).toEqual(FEATURES.toSorted());
  expect(readFileSync(join(ROOT, 'ARCHITECTURE.md'), 'utf8')).toContain(`**${FEATURES.join(' → ')}**`);
});
