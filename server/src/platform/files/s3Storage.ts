import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { AppError } from '../appError.ts';
import type { FileStorage } from './fileStorage.ts';

export interface S3Options {
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly accessKey: string;
  readonly secretKey: string;
}

const CONNECT_MS = 3_000;
const ANSWER_MS = 15_000;
const RETRY_SECONDS = 5;

/** Any store that speaks S3, addressed by path. It sees sealed bytes only. */
export function createS3Storage({ endpoint, bucket, region, accessKey, secretKey }: S3Options): FileStorage {
  const client = new S3Client({
    endpoint,
    region,
    forcePathStyle: true,
    credentials: { accessKeyId: accessKey, secretAccessKey: secretKey },
    maxAttempts: 3,
    // Checksums in trailers are Amazon's own idiom; the chunks carry their tags anyway.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: CONNECT_MS, requestTimeout: ANSWER_MS, throwOnRequestTimeout: true },
  });

  async function namesBelow(folder: string): Promise<string[]> {
    const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: folder }));
    return Contents.flatMap(({ Key }) => (Key === undefined ? [] : [Key]));
  }

  return {
    async put(name, content) {
      const command = new PutObjectCommand({ Bucket: bucket, Key: name, Body: Buffer.concat(content) });
      await orBusy(client.send(command));
    },

    async *read(name, { start, length }) {
      const Range = `bytes=${start}-${start + length - 1}`;
      const { Body } = await orBusy(client.send(new GetObjectCommand({ Bucket: bucket, Key: name, Range })));
      if (!Body) throw new Error('an object without a body');
      for await (const bytes of Body as AsyncIterable<Uint8Array>)
        yield Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    },

    async removeAll(folder) {
      for (;;) {
        // oxlint-disable-next-line no-await-in-loop -- page by page, and each page is gone before the next is asked for
        const names = await orBusy(namesBelow(folder));
        if (names.length === 0) return;
        for (const name of names) {
          // oxlint-disable-next-line no-await-in-loop -- nobody waits for it
          await orBusy(client.send(new DeleteObjectCommand({ Bucket: bucket, Key: name })));
        }
      }
    },

    hasRoom: async () => true,
  };
}

/** Away, or answering badly: the client may try again (L7). What is not there stays what it is. */
async function orBusy<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Error && (error.name === 'NoSuchKey' || error.name === 'NotFound')) throw error;
    throw new AppError('busy', 'the object store', { cause: error, retryAfterSeconds: RETRY_SECONDS });
  }
}
