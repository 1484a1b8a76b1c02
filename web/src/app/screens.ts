/** Everything that only a signed-in person needs: chats, the socket, the shell. */
export function loadInside(): Promise<typeof import('./Inside.tsx')> {
  return import('./Inside.tsx');
}

/** Everything that only a signed-out person needs. */
export function loadOutside(): Promise<typeof import('./Outside.tsx')> {
  return import('./Outside.tsx');
}
