/** A failure that a person can act on: one sentence, and what to do about it. */
export class Failure extends Error {
  /**
   * @param {string} sentence What went wrong.
   * @param {string} advice What to do now.
   */
  constructor(sentence, advice) {
    super(sentence);
    this.name = 'Failure';
    this.advice = advice;
  }
}

/** @typedef {{ line(text: string): void, step<T>(text: string, work: () => Promise<T>): Promise<T> }} Progress */

/**
 * Tells what is being done, one line each, with the seconds since the start: two steps may be under way at once, so
 * nothing is overwritten.
 *
 * @param {{ write?: (text: string) => void, now?: () => number }} [options]
 * @returns {Progress}
 */
export function createProgress({ write = (text) => void process.stdout.write(text), now = Date.now } = {}) {
  const startedAt = now();
  const line = (/** @type {string} */ text) => {
    const seconds = ((now() - startedAt) / 1000).toFixed(1).padStart(6);
    write(`${seconds}s  ${text}\n`);
  };
  return {
    line,
    async step(text, work) {
      line(`${text} …`);
      const from = now();
      const result = await work();
      line(`${text}: done in ${((now() - from) / 1000).toFixed(1)} s.`);
      return result;
    },
  };
}

/** Progress that nobody reads. @returns {Progress} */
export function createSilence() {
  return { line: () => {}, step: async (_text, work) => work() };
}

/**
 * @param {unknown} error
 * @returns {string} What to print for it.
 */
export function describeFailure(error) {
  if (error instanceof Failure) return `${error.message}\n  → ${error.advice}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
