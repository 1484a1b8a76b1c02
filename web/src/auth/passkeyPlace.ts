/** IPv4 and IPv6, as they stand in an address. */
const NUMBER_HOST = /^\[|^\d{1,3}(\.\d{1,3}){3}$/;

/** Whether this browser keeps passkeys, and for pages at such an address: at a number there are none. */
export function arePasskeysPossible({ hostname }: Pick<Location, 'hostname'> = location): boolean {
  return isSecureContext && 'PublicKeyCredential' in globalThis && !NUMBER_HOST.test(hostname);
}
