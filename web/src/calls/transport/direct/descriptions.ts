/** Speech pauses, and repairs itself where a packet is lost. */
const SPEECH = { usedtx: 1, useinbandfec: 1 };
/** Music and films are no speech: both channels, no pauses. */
const MUSIC = { stereo: 1, 'sprop-stereo': 1, usedtx: 0, maxaveragebitrate: 128_000 };

/**
 * The other side's description, with what it wishes of my sounds: the first is a voice, the second that of a shared
 * screen. Browsers take such wishes from a description only.
 */
export function withSoundWishes(sdp: string): string {
  const wishes = [SPEECH, MUSIC];
  return sdp
    .split(/^(?=m=)/m)
    .map((section) => {
      const wish = section.startsWith('m=audio') ? wishes.shift() : undefined;
      return wish ? withOpus(section, wish) : section;
    })
    .join('');
}

function withOpus(section: string, wish: Readonly<Record<string, number>>): string {
  const type = /^a=rtpmap:(\d+) opus\//im.exec(section)?.[1];
  if (type === undefined) return section;
  const line = new RegExp(`^a=fmtp:${type} (.*?)(\\r?)$`, 'm');
  return section.replace(line, (_all, given: string, end: string) => {
    const kept = given.split(';').filter((part) => !Object.hasOwn(wish, part.split('=')[0]?.trim() ?? ''));
    const wished = Object.entries(wish).map(([name, value]) => `${name}=${value}`);
    return `a=fmtp:${type} ${[...kept, ...wished].join(';')}${end}`;
  });
}

/** All of them, since a browser takes any of several: whoever slips one in changes what is compared. */
export function fingerprintsOf(sdp: string): string {
  const found = [...sdp.matchAll(/^a=fingerprint:(\S+) (\S+)/gm)].map(
    ([, hash = '', value = '']) => `${hash.toLowerCase()} ${value.toUpperCase()}`,
  );
  return [...new Set(found)].toSorted().join('\n');
}
