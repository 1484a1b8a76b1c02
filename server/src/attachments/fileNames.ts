import { FILE_NAME_MAX } from '@dialog/shared/attachments';

/** Controls, bidi overrides, zero width: with them a name can look as if it ended in .jpg. */
const DECEPTIVE = /[\p{Cc}\p{Cs}\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff]/gu;
/** What some system reads as a path, a stream, a wildcard or a pipe. */
const UNSAFE = /[<>:"|?*]/g;
const ENDING = /\.[^.]{1,12}$/u;

/** A name to show and to save under, made of whatever a client sent. The storage never sees it. */
export function safeFileName(sent: string): string {
  const [last = ''] = sent.normalize('NFC').split(/[/\\]/).slice(-1);
  const clean = last.replaceAll(DECEPTIVE, '').replaceAll(UNSAFE, '_').replaceAll(/\s+/gu, ' ').trim();
  // No hidden files, and no dots that a system drops at the end.
  const name = clean.replace(/^\.+/, '').replace(/[. ]+$/, '');
  return name === '' ? 'file' : shortened(name);
}

function shortened(name: string): string {
  const characters = [...name];
  if (characters.length <= FILE_NAME_MAX) return name;
  const ending = ENDING.exec(name)?.[0] ?? '';
  return characters.slice(0, FILE_NAME_MAX - [...ending].length).join('') + ending;
}

/** The header by RFC 6266: a plain name for old clients, the real one in UTF-8. */
export function contentDisposition(how: 'inline' | 'attachment', name: string): string {
  const plain = name.replaceAll(/[^\x20-\x7e]/gu, '_').replaceAll(/["\\%]/g, '_');
  const real = encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${how}; filename="${plain}"; filename*=UTF-8''${real}`;
}
