import { addAbortSignal, type Readable } from 'node:stream';
import type { GetObjectCommandOutput, S3Client } from '@aws-sdk/client-s3';
import type { ClientOptions } from '../../aws/aws-client-config.js';
import { BootstrapError } from '../../errors/bootstrap-error.js';
import { missingPeers } from '../../errors/missing-peers.js';
import type { Settings } from '../../settings/settings.js';
import { bucketVariable } from '../../shared/destination.js';
import { LazyClient } from '../sending/lazy-client.js';
import { PayloadError } from './payload-error.js';

type S3Sdk = Pick<typeof import('@aws-sdk/client-s3'), 'S3Client' | 'GetObjectCommand' | 'PutObjectCommand'>;

/** The limits of reading, in size and time. */
interface ReadLimits {
  /** In bytes. */
  readonly most: number;
  readonly signal: AbortSignal;
}

/** Writes payloads to one bucket and reads them, with the S3 client of the SDK, which the first one loads. */
export class PayloadStore {
  /** The name of the bucket in AWS. */
  readonly bucket: string;
  readonly #s3: LazyClient<S3Sdk, S3Client>;

  /** @throws BootstrapError if the environment variable is missing, or has something else. */
  constructor(name: string, options: ClientOptions, settings: Settings | undefined) {
    const { bucket, endpoint } = addressOf(name);
    const config = endpoint === undefined ? options.config : { endpoint, forcePathStyle: true, ...options.config };
    this.bucket = bucket;
    this.#s3 = new LazyClient({ ...options, ...(config && { config }) }, settings, loadS3, (sdk) => sdk.S3Client);
  }

  /** @throws The error of AWS or of the connection. */
  async put(key: string, payload: string, signal: AbortSignal | undefined): Promise<void> {
    const { sdk, client } = await this.#s3.open();
    const input = { Bucket: this.bucket, Key: key, Body: payload, ContentType: 'application/json' };
    await client.send(new sdk.PutObjectCommand(input), signal && { abortSignal: signal });
  }

  /** @throws PayloadError if it can't be read, or has more bytes than are allowed. */
  async get(key: string, limits: ReadLimits): Promise<string> {
    try {
      const { sdk, client } = await this.#s3.open();
      const command = new sdk.GetObjectCommand({ Bucket: this.bucket, Key: key });
      return await textOf(await client.send(command, { abortSignal: limits.signal }), limits);
    } catch (error) {
      throw error instanceof BootstrapError ? error : unread(error, this.bucket, key);
    }
  }

  close(): Promise<void> {
    return this.#s3.close();
  }
}

/** The names of buckets and access points (S3 guide, "General purpose bucket naming rules"). */
const BUCKET = /^[a-z\d][\w.-]{1,61}[a-z\d]$|^arn:[\w-]+:s3[\w-]*:[^\s]+$/i;

/** A bucket of something that speaks the protocol of S3, such as an emulator. */
const URL_OF_BUCKET = /^(https?:\/\/[^/]+)\/([^/]+)$/;

/** Reads which bucket an environment variable names. */
function addressOf(name: string): { readonly bucket: string; readonly endpoint?: string } {
  const variable = bucketVariable(name);
  const value = process.env[variable] ?? '';
  if (value === '')
    throw new BootstrapError(
      `${variable} is not set: it takes the name of the bucket for PayloadBucket ${JSON.stringify(name)}. ` +
        '"lambent dev" emulates it, and sets the variable.',
    );
  const [, endpoint, bucket] = URL_OF_BUCKET.exec(value) ?? [];
  if (endpoint !== undefined && bucket !== undefined && BUCKET.test(bucket)) return { bucket, endpoint };
  if (BUCKET.test(value)) return { bucket: value };
  throw new BootstrapError(
    `${variable} is ${JSON.stringify(value)}; it takes the name of a bucket, of 3 to 63 characters, or the URL of ` +
      'one in an emulator, such as http://127.0.0.1:9000/payloads.',
  );
}

function loadS3(): Promise<S3Sdk> {
  return import('@aws-sdk/client-s3').catch(missingPeers('PayloadBucket', '@aws-sdk/client-s3'));
}

/** Reads an object, whose checksum the SDK compares at the end. */
async function textOf({ Body, ContentLength }: GetObjectCommandOutput, limits: ReadLimits): Promise<string> {
  const { most, signal } = limits;
  const body = addAbortSignal(signal, Body as Readable);
  const chunks: Buffer[] = [];
  let bytes = 0;
  // Leaving the loop ends the connection.
  for await (const chunk of body as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    const known = Math.max(bytes, ContentLength ?? 0);
    if (known > most) throw new RangeError(`it has ${known} bytes, and ${most} are allowed (maxSize)`);
    chunks.push(chunk);
  }
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.concat(chunks));
}

/** The meanings of S3's errors here. */
const REASONS: Readonly<Record<string, string>> = {
  NoSuchKey: 'it is gone, or was never there. A rule of the bucket, or another consumer, may have deleted it',
  NoSuchBucket: 'the bucket does not exist',
  AccessDenied: 'the function needs s3:GetObject on it. Without s3:ListBucket, an object that is gone says the same',
  AbortError: 'the time of the event was up',
};

function unread(cause: unknown, bucket: string, key: string): PayloadError {
  const { name, message } = Object(cause) as Partial<Error>;
  const reason = REASONS[name ?? ''] ?? (message || String(cause));
  return new PayloadError(`The payload ${key} in ${bucket} could not be read: ${reason}.`, { cause });
}
