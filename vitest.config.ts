import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that promise a second or less, or fill a processor by themselves: less runs beside them. */
const PROMPT = ['calls', 'chat', 'crash', 'firefox', 'groupCalls', 'nodes'].map((name) => `e2e/${name}.test.ts`);

/** Files that promise two seconds of what several browsers do together: nothing runs beside them. */
const ALONE = ['ringing', 'screens'].map((name) => `e2e/${name}.test.ts`);

/** The permission matrix takes a minute, which nobody would guess from the size of its files: the others would end before. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // oxlint-disable-next-line no-array-sort -- not an array's
    const sorted = await super.sort(files);
    const isMatrix = ({ moduleId }: TestSpecification): boolean => moduleId.includes('/permissions.');
    return [...sorted.filter(isMatrix), ...sorted.filter((file) => !isMatrix(file))];
  }
}

/** Promises about seconds, on machines that may pause: once is a pause, twice is a fault. */
const AGAIN = 1;

const inBrowsers = {
  testTimeout: 120_000,
  hookTimeout: 180_000,
  // What promises a shorter time says it.
  expect: { poll: { timeout: 15_000 } },
  retry: AGAIN,
};

/** Unit tests need nothing; integration and e2e tests need the services that `npm test` provides (scripts/test.mjs). */
export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{shared,server,web,scripts,bench}/**/*.test.{ts,tsx,mjs}'],
          exclude: ['**/*.integration.test.ts', '**/node_modules/**'],
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['{server,scripts}/**/*.integration.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          // Half of their time is waiting.
          maxWorkers: 4,
          retry: AGAIN,
        },
      },
      {
        test: {
          ...inBrowsers,
          name: 'e2e',
          include: ['e2e/**/*.test.ts'],
          exclude: [...PROMPT, ...ALONE],
          maxWorkers: 3,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          ...inBrowsers,
          name: 'e2e-prompt',
          include: PROMPT,
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          ...inBrowsers,
          name: 'e2e-alone',
          include: ALONE,
          fileParallelism: false,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
