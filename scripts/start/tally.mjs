/**
 * @typedef {object} Report What vitest's JSON reporter writes, as far as it is read here.
 * @property {boolean} success
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {number} [numPendingTests]
 * @property {number} [numTodoTests]
 * @property {{ name: string, status: string, message?: string, assertionResults: { status: string, fullName: string }[] }[]} testResults
 */

/**
 * Counts what passed and what failed. A runner that breaks off is a failure: nothing may be counted as good because it
 * was not heard of.
 *
 * @param {(line: string) => void} print
 */
export function createTally(print) {
  let passed = 0;
  let failed = 0;
  let skipped = 0;
  /** @type {string[]} */
  const failures = [];

  const fail = (/** @type {string} */ name) => {
    failed += 1;
    failures.push(name);
  };

  return {
    /** One check. @param {string} name @param {boolean} isFine */
    check(name, isFine) {
      if (isFine) passed += 1;
      else fail(name);
    },
    /** Something that should have run did not, or not to its end. @param {string} name @param {string} why */
    crashed(name, why) {
      print(`${name}: ${why}`);
      fail(`${name} (did not run to its end)`);
    },
    /** All tests of a vitest run. @param {string} name @param {Report} report @param {number} code Its exit code. */
    report(name, report, code) {
      passed += report.numPassedTests;
      skipped += (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0);
      let told = 0;
      for (const file of report.testResults) {
        const bad = file.assertionResults.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName);
        // A file that fails with no test failing could not be loaded, or broke in a hook.
        if (bad.length === 0 && file.status === 'failed') bad.push(`${file.name} (the file itself)`);
        for (const test of bad) fail(`${name}: ${test}`);
        told += bad.length;
      }
      if (told === 0 && (code !== 0 || !report.success)) fail(`${name} (an error outside of every test)`);
    },
    /** The last lines of the run. @returns {boolean} Whether all is well. */
    close() {
      for (const name of failures) print(`failed: ${name}`);
      if (skipped > 0) print(`${skipped} skipped`);
      print(`${passed} passed, ${failed} failed`);
      return failed === 0;
    },
  };
}

/** @typedef {ReturnType<typeof createTally>} Tally */
