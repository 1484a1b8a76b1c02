import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { filePath, uploadPath, UPLOADS_PATH, type FileVariant } from '@dialog/shared/attachments';
import type { AttachmentId, ChatId, MessageId } from '@dialog/shared/contract/values';
import { messageRoutes, type Message } from '@dialog/shared/messages';
import { newId } from '../platform/ids.ts';
import type { Person } from './people.ts';
import type { TestApp, TestNode } from './startTestApp.ts';

export interface TestFile {
  readonly chatId: ChatId;
  readonly content: Buffer;
  readonly id?: AttachmentId;
  readonly name?: string;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly size?: number;
}

const TUS = { 'tus-resumable': '1.0.0' };

function bearer({ token }: Pick<Person, 'token'>): Record<string, string> {
  return { authorization: `Bearer ${token}` };
}

/** The first request of a tus upload. */
export function beginUpload(node: TestNode, person: Pick<Person, 'token'>, file: TestFile): Promise<Response> {
  const { id = newId<AttachmentId>(), chatId, name = 'file.bin', size = file.content.length, metadata } = file;
  const said = Object.entries({ id, chatId, name, ...metadata });
  return fetch(`${node.url}${UPLOADS_PATH}`, {
    method: 'POST',
    headers: {
      ...TUS,
      ...bearer(person),
      'upload-length': String(size),
      'upload-metadata': said.map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`).join(','),
    },
  });
}

export interface Sending {
  readonly id: AttachmentId;
  readonly from: number;
  readonly bytes: Buffer | ReadableStream<Uint8Array>;
  readonly signal?: AbortSignal;
}

export function sendBytes(node: TestNode, person: Pick<Person, 'token'>, sending: Sending): Promise<Response> {
  const { id, from, bytes, signal } = sending;
  return fetch(`${node.url}${uploadPath(id)}`, {
    method: 'PATCH',
    headers: {
      ...TUS,
      ...bearer(person),
      'upload-offset': String(from),
      'content-type': 'application/offset+octet-stream',
    },
    body: bytes,
    duplex: 'half',
    ...(signal ? { signal } : {}),
  });
}

/** HEAD or DELETE. */
export function askUpload(
  node: TestNode,
  person: Pick<Person, 'token'>,
  { id, method }: { readonly id: string; readonly method: 'HEAD' | 'DELETE' },
): Promise<Response> {
  return fetch(`${node.url}${UPLOADS_PATH}/${id}`, { method, headers: { ...TUS, ...bearer(person) } });
}

/** The whole of it; rejects with the code of the refusal. */
export async function upload(node: TestNode, person: Person, file: TestFile): Promise<AttachmentId> {
  const id = file.id ?? newId<AttachmentId>();
  await accepted(await beginUpload(node, person, { ...file, id }));
  if (file.content.length > 0) await accepted(await sendBytes(node, person, { id, from: 0, bytes: file.content }));
  return id;
}

/** In a message of its own; both under the same id. */
export async function postFile(
  node: TestNode,
  person: Person,
  { chatId, id, content = Buffer.from('words') }: { chatId: ChatId; id: MessageId; content?: Buffer },
): Promise<Message> {
  const attachmentId = await upload(node, person, { chatId, content, id: id as string as AttachmentId });
  const body = { id, text: '', attachmentIds: [attachmentId] };
  return person.call(messageRoutes.postMessage, { params: { chatId }, body }, node);
}

/** Whether anything of a file is left on the disk. */
export async function liesOnDisk({ dataFolder }: TestApp, id: string): Promise<boolean> {
  try {
    const paths = await readdir(join(dataFolder, 'files'), { recursive: true });
    return paths.some((path) => path.includes(id));
  } catch {
    // A folder went while it was read: look again.
    return true;
  }
}

async function accepted(response: Response): Promise<void> {
  if (!response.ok) throw new Error(await codeOf(response));
}

export async function codeOf(response: Response): Promise<string> {
  return ((await response.json()) as { code: string }).code;
}

export interface Wanted {
  readonly id: string;
  readonly variant?: FileVariant;
  readonly query?: string;
  readonly method?: 'GET' | 'HEAD';
  readonly headers?: Readonly<Record<string, string>>;
}

export function getFile(node: TestNode, person: Pick<Person, 'token'>, wanted: Wanted): Promise<Response> {
  const { id, variant = 'original', query = '', method = 'GET', headers = {} } = wanted;
  return fetch(`${node.url}${filePath(id as AttachmentId, variant)}${query}`, {
    method,
    headers: { ...bearer(person), ...headers },
  });
}

export async function bytesOf(response: Response): Promise<Buffer> {
  return Buffer.from(await response.arrayBuffer());
}
