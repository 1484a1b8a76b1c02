import { keepShared, SHARE_PATH } from '../platform/sharedIn.ts';

/** More than anyone would look through; each is a file of a message. */
const FILES_MAX = 50;
const PART_MAX = 10_000;

/**
 * The system sends what was shared as a form. It is kept in this browser and the app opened, which asks where to; a form
 * of a foreign page gets no further than that.
 */
export async function takeShare(request: Request): Promise<Response> {
  try {
    const form = await request.formData();
    const files = form.getAll('files').flatMap((part) => (part instanceof File && part.name !== '' ? [part] : []));
    await keepShared({ text: sharedText(form), files: files.slice(0, FILES_MAX), at: Date.now() });
  } catch {
    // No room, or no form: the app says that nothing has come.
  }
  return Response.redirect(SHARE_PATH, 303);
}

/** Apps fill the fields as they please: many put the address into the text, or the title before it. */
export function sharedText(form: Pick<FormData, 'get'>): string {
  const [title, text, url] = ['title', 'text', 'url'].map((name) => {
    const part = form.get(name);
    return typeof part === 'string' ? part.trim().slice(0, PART_MAX) : '';
  });
  const words = [text, without(text, url)].filter(Boolean).join('\n');
  return [without(words, title), words].filter(Boolean).join('\n');
}

/** `part`, unless it is said there already. */
function without(words = '', part = ''): string {
  return words.includes(part) ? '' : part;
}
