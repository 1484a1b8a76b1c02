/** A file of the build; `revision` is null where the name holds a hash of the content. */
export interface ShellFile {
  readonly url: string;
  readonly revision: string | null;
}

/** One cache per build, named by what is in it. */
export function cacheNameOf(files: readonly ShellFile[]): string {
  let sum = 5_381;
  for (const letter of JSON.stringify(files)) sum = (sum * 33 + (letter.codePointAt(0) ?? 0)) % 4_294_967_296;
  return `shell-${sum.toString(36)}`;
}

/** Served by the server itself and not places in the app. */
const NOT_THE_APP = /^\/(api|rtc|livekit|socket\.io|healthz|readyz|metrics|outbox)(\/|$)/;

/** Whether someone opens a place in the app: an address, not a file. */
export function isPageRequest(mode: string, path: string): boolean {
  return mode === 'navigate' && !NOT_THE_APP.test(path) && !/\.\w+$/.test(path);
}
