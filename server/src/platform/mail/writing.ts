import type { Mail, MailPart, WrittenMail } from './mail.ts';

const SUBJECT_MAX = 200;
/** What could end a header, or change how what stands beside it is shown. */
const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+/gu;

/** Both parts of a mail: as plain text, and as HTML without anything that is fetched or that tells who reads it. */
export function writeMail(id: string, { to, language, subject, parts }: Mail): WrittenMail {
  return {
    id,
    to,
    subject: subject.replace(UNSEEN, ' ').trim().slice(0, SUBJECT_MAX),
    text: `${parts.map(textOf).join('\n\n')}\n`,
    html: [
      `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${escapeHtml(subject)}</title></head>`,
      '<body style="font-family:system-ui,sans-serif;font-size:16px;line-height:1.5;max-width:34em;margin:2em auto;padding:0 1em">',
      ...parts.map(htmlOf),
      '</body></html>',
    ].join('\n'),
  };
}

function textOf(part: MailPart): string {
  return typeof part === 'string' ? part : `${part.label}:\n${part.link}`;
}

function htmlOf(part: MailPart): string {
  if (typeof part === 'string') return `<p>${escapeHtml(part)}</p>`;
  const link = escapeHtml(part.link);
  return `<p><a href="${link}">${escapeHtml(part.label)}</a><br><small>${link}</small></p>`;
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/**
 * A catalogue's sentence with its `{names}` filled in.
 * @throws Error when the sentence names something that is not given.
 */
export function fillIn(sentence: string, values: Readonly<Record<string, string>>): string {
  return sentence.replaceAll(/\{(\w+)\}/g, (_all, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`a mail lacks its ${name}`);
    return value;
  });
}
