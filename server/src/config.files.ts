import * as z from 'zod/mini';

export interface FilesConfig {
  /** Null: the local disk, in the data folder. */
  readonly s3: {
    readonly endpoint: string;
    readonly bucket: string;
    readonly region: string;
    readonly accessKey: string;
    readonly secretKey: string;
  } | null;
  /** Of one file. */
  readonly maxBytes: number;
  /** Of all files one person has up. */
  readonly userQuotaBytes: number;
  /** Of all files of this server; null: as much as the disk takes. */
  readonly totalQuotaBytes: number | null;
  /** The share of the disk in use from which nothing new is taken. */
  readonly fullAtShare: number;
}

export interface ClamavConfig {
  readonly host: string;
  readonly port: number;
}

const MEBIBYTE = 1024 * 1024;
const MAX_MB = 200;
const USER_QUOTA_MB = 10_000;
const DISK_MAX_PERCENT = 90;
const CLAMAV_PORT = 3310;

function whole(max: number) {
  return z.pipe(
    z.string().check(z.regex(/^\d{1,9}$/)),
    z.pipe(
      z.transform((text: string) => Number(text)),
      z.int().check(z.minimum(1), z.maximum(max)),
    ),
  );
}
const Text = z.string().check(z.minLength(1));

export const filesEnvironment = {
  FILES_S3_ENDPOINT: z.optional(z.url()),
  FILES_S3_BUCKET: z.optional(Text),
  FILES_S3_REGION: z.optional(Text),
  FILES_S3_ACCESS_KEY: z.optional(Text),
  FILES_S3_SECRET_KEY: z.optional(Text),
  FILES_MAX_MB: z.optional(whole(100_000)),
  FILES_USER_QUOTA_MB: z.optional(whole(100_000_000)),
  FILES_TOTAL_QUOTA_MB: z.optional(whole(999_999_999)),
  FILES_DISK_MAX_PERCENT: z.optional(whole(100)),
  FFMPEG: z.optional(Text),
  CLAMAV_HOST: z.optional(Text),
  CLAMAV_PORT: z.optional(whole(65_535)),
};

const Environment = z.object(filesEnvironment);
type Environment = z.infer<typeof Environment>;

export function filesIn(read: Environment): {
  readonly files: FilesConfig;
  readonly clamav: ClamavConfig | null;
  readonly ffmpeg: string | null;
} {
  const { FILES_TOTAL_QUOTA_MB: total, CLAMAV_HOST: host } = read;
  return {
    files: {
      s3: s3In(read),
      maxBytes: (read.FILES_MAX_MB ?? MAX_MB) * MEBIBYTE,
      userQuotaBytes: (read.FILES_USER_QUOTA_MB ?? USER_QUOTA_MB) * MEBIBYTE,
      totalQuotaBytes: total === undefined ? null : total * MEBIBYTE,
      fullAtShare: (read.FILES_DISK_MAX_PERCENT ?? DISK_MAX_PERCENT) / 100,
    },
    ffmpeg: read.FFMPEG === 'off' ? null : (read.FFMPEG ?? 'ffmpeg'),
    clamav: host === undefined ? null : { host, port: read.CLAMAV_PORT ?? CLAMAV_PORT },
  };
}

function s3In(read: Environment): FilesConfig['s3'] {
  const { FILES_S3_ENDPOINT: endpoint, FILES_S3_BUCKET: bucket } = read;
  const { FILES_S3_ACCESS_KEY: accessKey, FILES_S3_SECRET_KEY: secretKey } = read;
  if (endpoint === undefined) return null;
  if (bucket === undefined || accessKey === undefined || secretKey === undefined)
    throw new Error('FILES_S3_ENDPOINT needs FILES_S3_BUCKET, FILES_S3_ACCESS_KEY and FILES_S3_SECRET_KEY.');
  return { endpoint, bucket, region: read.FILES_S3_REGION ?? 'us-east-1', accessKey, secretKey };
}
