import type { KeptMail } from './keptMails.ts';
import { OUTBOX_SECRET_FILE } from './outboxSecret.ts';
import { escapeHtml } from './writing.ts';

/** For the operator, who reads English here as in the documents and the log. */
export function lockedPage({ wasWrong }: { readonly wasWrong: boolean }): string {
  return whole(`
    <form class="card" method="post" action="/outbox">
      <h1>Outbox</h1>
      <p>No SMTP server is set, so mails are kept here. The secret is in <code>${OUTBOX_SECRET_FILE}</code>, in the data folder.</p>
      ${wasWrong ? '<p class="wrong" role="alert">That is not it, or it was tried too often.</p>' : ''}
      <label for="secret">Secret</label>
      <input id="secret" name="secret" type="password" autocomplete="current-password" required autofocus>
      <button>Open</button>
    </form>`);
}

export function mailsPage(mails: readonly KeptMail[]): string {
  const list = mails.map(
    ({ to, subject, text, keptAt }) => `
      <article class="card">
        <h2>${escapeHtml(subject)}</h2>
        <p class="quiet">to <b>${escapeHtml(to)}</b> · <time datetime="${keptAt.toISOString()}">${when(keptAt)}</time></p>
        <div class="text">${linked(text)}</div>
      </article>`,
  );
  return whole(`
    <header><h1>Outbox</h1><p class="quiet">Mails that were not sent, because no SMTP server is set. The newest 200 are kept.</p></header>
    ${list.length === 0 ? '<p class="card quiet">No mail yet.</p>' : list.join('')}`);
}

function when(time: Date): string {
  return `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** Lines that are an address become a link; everything else is text. */
function linked(text: string): string {
  return text
    .split('\n')
    .map((line) => {
      const safe = escapeHtml(line);
      return /^https?:\/\/\S+$/.test(line)
        ? `<a href="${safe}" target="_blank" rel="noreferrer noopener">${safe}</a>`
        : safe;
    })
    .join('\n');
}

function whole(body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Outbox · Dialog</title>
<link rel="stylesheet" href="/outbox/style.css">
</head>
<body><main>${body}</main></body>
</html>`;
}

export const STYLE = `
:root { color-scheme: light dark; --page: #f4f5fa; --card: #ffffff; --text: #16182b; --quiet: #5b6079; --line: #dfe1ee; --mark: #4450d6; --wrong: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --page: #10111b; --card: #191b29; --text: #eceefb; --quiet: #a5a9c4; --line: #2c2f45; --mark: #9aa4ff; --wrong: #ff8a80; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 16px/1.5 system-ui, sans-serif; }
main { display: grid; gap: 16px; inline-size: min(100% - 32px, 720px); margin: 32px auto; }
h1, h2, p { margin: 0; }
h1 { font-size: 24px; letter-spacing: -0.02em; }
h2 { font-size: 17px; }
.card { display: grid; gap: 12px; padding: 20px; border: 1px solid var(--line); border-radius: 14px; background: var(--card); }
.quiet { color: var(--quiet); font-size: 14px; overflow-wrap: anywhere; }
.text { white-space: pre-wrap; overflow-wrap: anywhere; }
.wrong { color: var(--wrong); }
a { color: var(--mark); }
label { font-weight: 500; }
input, button { font: inherit; padding: 10px 14px; border-radius: 10px; border: 1px solid var(--line); color: inherit; background: var(--page); }
button { border: 0; background: #4450d6; color: #ffffff; font-weight: 600; cursor: pointer; }
:focus-visible { outline: 2px solid var(--mark); outline-offset: 2px; }
`;
