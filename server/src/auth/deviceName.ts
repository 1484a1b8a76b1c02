/** In the order of who claims to be whom: Edge says it is Chrome, Chrome says it is Safari. */
const BROWSERS = [
  ['Dialog', 'Dialog'],
  ['Edg', 'Edge'],
  ['OPR', 'Opera'],
  ['SamsungBrowser', 'Samsung Internet'],
  ['Firefox', 'Firefox'],
  ['FxiOS', 'Firefox'],
  ['CriOS', 'Chrome'],
  ['Chrome', 'Chrome'],
  ['Safari', 'Safari'],
  ['curl', 'curl'],
] as const;

const SYSTEMS = [
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Android', 'Android'],
  ['Windows', 'Windows'],
  ['Mac OS X', 'macOS'],
  ['CrOS', 'ChromeOS'],
  ['Linux', 'Linux'],
] as const;

/** Longer is no browser. */
const USER_AGENT_MAX = 512;

/** What people recognise a session by, such as "Firefox · Linux"; empty when the user agent says nothing. Looks for words only: linear in length. */
export function deviceName(userAgent: string): string {
  const start = userAgent.slice(0, USER_AGENT_MAX);
  const browser = BROWSERS.find(([word]) => start.indexOf(`${word}/`) !== -1)?.[1];
  const system = SYSTEMS.find(([word]) => start.indexOf(word) !== -1)?.[1];
  return [browser, system].filter((part) => part !== undefined).join(' · ');
}
