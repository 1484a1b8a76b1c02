import { parentOf } from './lock.mjs';
import { keptGroups, signalGroup } from './keeper.mjs';

const PARENT_LOOK_EVERY_MS = 1000;

/**
 * Runs `onStop` once when this process is asked to end, in whatever way: Ctrl-C, SIGTERM, a closed terminal, or npm,
 * which started it, dying. Asked twice, everything is killed at once.
 *
 * @param {(why: string) => Promise<void>} onStop
 */
export function stopWhenAsked(onStop) {
  let isStopping = false;
  const ask = (/** @type {string} */ why) => {
    if (isStopping) {
      for (const group of keptGroups()) signalGroup(group, 'SIGKILL');
      process.exit(1);
    }
    isStopping = true;
    onStop(why).then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  // npm hands on the signal that the terminal has sent to both, so one Ctrl-C may come twice.
  let lastAt = 0;
  const askOnce = (/** @type {string} */ why) => {
    if (Date.now() - lastAt < 500) return;
    lastAt = Date.now();
    ask(why);
  };
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
    process.on(signal, () => askOnce(signal));

  if (process.env['npm_lifecycle_event'] === undefined) return;
  const above = forebears();
  const look = setInterval(() => {
    if (forebears() !== above && !isStopping) ask('npm is gone');
  }, PARENT_LOOK_EVERY_MS);
  look.unref();
}

/** npm starts a shell that starts us, and a shell does not mind losing its npm. */
function forebears() {
  return `${process.ppid} ${parentOf(process.ppid)}`;
}
