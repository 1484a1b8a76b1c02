import { aboutRoutes } from '@dialog/shared/about';
import type { Call } from '../platform/api.ts';

/** Whether mails go out of this server; where not, they wait with whoever runs it. Undefined: it did not say. */
export function askHasMail(call: Call): Promise<boolean | undefined> {
  return call(aboutRoutes.getAbout, {}).then(
    (about) => about.hasMail,
    () => undefined,
  );
}
