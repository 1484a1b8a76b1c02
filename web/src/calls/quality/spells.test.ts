import { expect, test } from 'vitest';
import { addBadMoment, type Spell, worstSpells } from './spells.ts';

function spellsOf(...moments: readonly (readonly [from: number, to: number, loss: number])[]): readonly Spell[] {
  return moments.reduce<readonly Spell[]>(
    (spells, [from, to, loss]) => addBadMoment(spells, { kind: 'sent', from: from * 1_000, to: to * 1_000, loss }),
    [],
  );
}

test('bad moments that follow each other are one time, with their mean loss', () => {
  const spells = spellsOf([0, 2, 0.1], [2, 4, 0.2], [8, 10, 0.15]);
  expect(spells).toHaveLength(1);
  expect(spells[0]).toMatchObject({ startedAt: 0, endedAt: 10_000 });
  expect(spells[0]?.loss).toBeCloseTo(0.15);
});

test('the three worst are told, in their order, and a blink is not', () => {
  const spells = spellsOf([0, 10, 0.06], [100, 102, 0.9], [200, 230, 0.2], [300, 310, 0.3], [400, 410, 0.1]);
  expect(worstSpells(spells).map(({ startedAt }) => startedAt)).toEqual([200_000, 300_000, 400_000]);
});
