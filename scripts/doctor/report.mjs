/**
 * @typedef {object} Finding
 * @property {'ok' | 'bad' | 'unknown'} verdict
 * @property {string} what
 * @property {string} [fix] What to do about it.
 */

/** @param {string} what @returns {Finding} */
export const fine = (what) => ({ verdict: 'ok', what });

/** @param {string} what @param {string} fix @returns {Finding} */
export const bad = (what, fix) => ({ verdict: 'bad', what, fix });

/** What could not be looked at, which is no fault. @param {string} what @param {string} [fix] @returns {Finding} */
export const unknown = (what, fix) => ({ verdict: 'unknown', what, ...(fix === undefined ? {} : { fix }) });

const MARKS = { ok: 'ok  ', bad: 'BAD ', unknown: '?   ' };

/** @param {Finding} finding */
export function describe({ verdict, what, fix }) {
  return `${MARKS[verdict]} ${what}${fix === undefined ? '' : `\n     → ${fix}`}`;
}

/** @param {unknown} error */
export function reasonOf(error) {
  return error instanceof Error
    ? error.message || String(/** @type {NodeJS.ErrnoException} */ (error).code)
    : String(error);
}
