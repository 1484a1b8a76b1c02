import { expect, test } from 'vitest';
import { judge } from './size.mjs';

const manifest = {
  'index.html': { file: 'a.js', isEntry: true, imports: ['_react'], dynamicImports: ['src/calls/stage.tsx'] },
  _react: { file: 'r.js', imports: [] },
  'src/calls/stage.tsx': { file: 's.js', imports: ['_livekit-client'] },
  '_livekit-client': { file: 'livekit-client.js' },
};

test('only what the entry imports statically counts against the budget', () => {
  expect(judge(manifest, () => 50_000)).toMatchObject({ ok: true, firstScreenKb: 100, findings: [] });
});

test('a first screen over the budget is refused', () => {
  expect(judge(manifest, () => 80_000).findings).toEqual(['the first screen takes 160 kB of JavaScript, 150 at most']);
});

test('livekit-client must not come with the first screen, however small', () => {
  const eager = { ...manifest, _react: { file: 'r.js', imports: ['_livekit-client'] } };
  expect(judge(eager, () => 1).findings).toEqual(['_livekit-client is loaded with the first screen']);
});

test('what the page asks for at once counts for the screen that needs it', () => {
  const withScreens = {
    ...manifest,
    'src/app/Outside.tsx': { file: 'o.js', imports: ['_react'] },
    'src/app/Inside.tsx': { file: 'i.js', imports: ['_react', '_list'] },
    _list: { file: 'l.js' },
  };
  const verdict = judge(withScreens, () => 49_000);
  expect(verdict.screens).toEqual({ signIn: 147, chats: 196 });
  expect(verdict.findings).toEqual(['chats takes 196 kB of JavaScript, 195 at most']);
});

test('a call has a budget of its own, on top of the page that is there already', () => {
  const withCall = {
    ...manifest,
    'src/calls/stage/CallStage.tsx': { file: 'stage.js', imports: ['_react'] },
    'src/calls/lobby/CallLobby.tsx': { file: 'lobby.js', imports: ['_react', '_devices'] },
    _devices: { file: 'devices.js' },
    'src/calls/transport/livekit.ts': { file: 'livekit.js' },
  };
  expect(judge(withCall, () => 40_000).findings).toEqual([]);
  expect(judge(withCall, () => 48_000)).toMatchObject({ callKb: 192 });
  expect(judge(withCall, () => 48_000).findings).toEqual(['a call takes 192 kB of JavaScript more, 190 at most']);
});

test('a call does not bring what is only switched on in it', () => {
  const eager = {
    ...manifest,
    'src/calls/lobby/CallLobby.tsx': { file: 'lobby.js', imports: ['src/calls/effects/noise.ts'] },
    'src/calls/effects/noise.ts': { file: 'noise.js' },
  };
  expect(judge(eager, () => 1).findings).toEqual(['src/calls/effects/noise.ts is loaded with every call']);
});
