import type { callRoutes } from '@dialog/shared/calls';
import type { RouteReply } from '@dialog/shared/contract/routes';

type Admission = RouteReply<typeof callRoutes.joinCall>;

/** An admission to a call whose media go through the media server, which is all that is expected here. */
export function throughServer(admission: Admission): Extract<Admission, { way: 'sfu' }> {
  if (admission.way !== 'sfu') throw new Error('this call is direct');
  return admission;
}
