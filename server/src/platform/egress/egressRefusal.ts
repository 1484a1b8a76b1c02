/** `busy` and `stopping` are ours, and a later try may succeed; the others are the site's own. */
export type EgressFault =
  | 'forbidden-address'
  | 'unreachable'
  | 'too-slow'
  | 'too-large'
  | 'too-many-redirects'
  | 'wrong-answer'
  | 'wrong-type'
  | 'busy'
  | 'stopping';

/** Why nothing was fetched. The message never names the address: it is somebody's words. */
export class EgressRefusal extends Error {
  override readonly name = 'EgressRefusal';
  readonly fault: EgressFault;

  constructor(fault: EgressFault, options?: ErrorOptions) {
    super(fault, options);
    this.fault = fault;
  }
}
