/** @param {number} ms @returns {Promise<void>} */
export function sleep(ms) {
  return new Promise((done) => {
    setTimeout(done, ms);
  });
}

/**
 * Asks until the answer is yes.
 *
 * @param {() => boolean | Promise<boolean>} question
 * @param {{ withinMs: number, everyMs?: number }} bounds
 * @returns {Promise<boolean>} False when the time was up.
 */
export async function waitUntil(question, { withinMs, everyMs = 50 }) {
  const deadline = Date.now() + withinMs;
  for (;;) {
    if (await question()) return true;
    if (Date.now() >= deadline) return false;
    await sleep(everyMs);
  }
}
