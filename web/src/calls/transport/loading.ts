export function loadDirect() {
  return import('./direct/direct.transport.ts');
}

/** Its weight comes with the first lobby, so that a press on "join" finds it here. */
export async function loadSfu() {
  const sfu = await import('./sfu.transport.ts');
  await sfu.loadLiveKit();
  return sfu;
}
