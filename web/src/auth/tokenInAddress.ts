/** What stands behind the `#`, which no server is told and which does not stay in the browser's history. Empty: nothing. */
export function tokenInAddress(): string {
  const token = location.hash.slice(1);
  if (token !== '') history.replaceState(history.state, '', location.pathname);
  return token;
}
