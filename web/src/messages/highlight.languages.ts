/** Languages that are coloured, and what else their writers call them. */
const NAMES = {
  bash: ['sh', 'shell', 'zsh', 'console'],
  c: ['h'],
  cpp: ['c++', 'cc', 'hpp'],
  csharp: ['c#', 'cs'],
  css: [],
  diff: ['patch'],
  docker: ['dockerfile'],
  go: ['golang'],
  html: ['htm'],
  java: [],
  javascript: ['js', 'mjs', 'cjs'],
  json: [],
  jsx: [],
  kotlin: ['kt'],
  markdown: ['md'],
  php: [],
  python: ['py'],
  ruby: ['rb'],
  rust: ['rs'],
  sql: [],
  swift: [],
  tsx: [],
  typescript: ['ts'],
  xml: ['svg'],
  yaml: ['yml'],
} as const;

export type LanguageName = keyof typeof NAMES;

const BY_NAME: ReadonlyMap<string, string> = new Map(
  Object.entries(NAMES).flatMap(([name, others]) => [name, ...others].map((one): [string, string] => [one, name])),
);

/** The language somebody means; undefined when it is none that is coloured. */
export function languageOf(written: string): LanguageName | undefined {
  const name = BY_NAME.get(written.toLowerCase());
  return name !== undefined && isLanguageName(name) ? name : undefined;
}

export function isLanguageName(name: string): name is LanguageName {
  return Object.hasOwn(NAMES, name);
}
