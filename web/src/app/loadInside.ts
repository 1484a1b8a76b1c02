/** Everything that only a signed-in person needs: chats, the socket, the shell. */
export function loadInside(): Promise<typeof import('./Inside.tsx')> {
  return import('./Inside.tsx');
}
