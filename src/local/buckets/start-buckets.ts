import { BootstrapError } from '../../errors/bootstrap-error.js';
import { anObject, anyText, checkOptions, listOf, type OptionRules, wholeNumber } from '../../errors/check-options.js';
import { startLoopbackServer } from '../listen.js';
import type { Terminal } from '../terminal.js';
import { ObjectStore } from './object-store.js';
import { handleS3Request } from './s3-api.js';

/** Options of `startBuckets`. */
export interface BucketsOptions {
  /** The names of the buckets to create. */
  names: readonly string[];
  /** The port to listen on. Defaults to a free port. */
  port?: number;
  /** The terminal for failures. Defaults to the console. */
  terminal?: Terminal;
}

const RULES: OptionRules<BucketsOptions> = { names: listOf(anyText), port: wholeNumber(0, 65_535), terminal: anObject };

/** Buckets in the memory of this process, which clients use like S3. */
export interface LocalBuckets {
  /** The endpoint for S3 clients. Buckets are in the path. */
  readonly endpoint: string;
  /** Returns the URL of a bucket, for its environment variable. @throws BootstrapError when it does not exist. */
  urlOf(name: string): string;
  /** Creates a bucket, unless there is one of the name. @throws BootstrapError for a name that S3 does not accept. */
  create(name: string): void;
  /** Refuses further requests, and resolves when the current ones have their responses. */
  close(): Promise<void>;
}

/**
 * Starts an emulator of S3 on the loopback interface, for the large payloads of messages: `PutObject`, `GetObject`,
 * `HeadObject` and `DeleteObject`. It keeps 256 MiB, and drops the oldest objects beyond that.
 *
 * @throws BootstrapError when an option or a name is wrong.
 */
export async function startBuckets(options: BucketsOptions): Promise<LocalBuckets> {
  checkOptions(options, RULES, 'startBuckets()');
  const { names, port = 0, terminal = console } = options;
  if (names === undefined) throw new BootstrapError("startBuckets() needs names: ['payloads'].");
  const store = new ObjectStore();
  for (const name of names) createBucket(store, name);
  const { url: endpoint, close } = await startLoopbackServer(
    { what: 'the buckets', port, terminal },
    async (request, response) => {
      const { status, headers, body } = await handleS3Request(request, store);
      response.writeHead(status, headers).end(body);
    },
  );
  return {
    endpoint,
    urlOf: (name) => {
      if (store.has(name)) return `${endpoint}/${name}`;
      throw new BootstrapError(`There is no bucket ${JSON.stringify(name)}: add it to names.`);
    },
    create: (name) => createBucket(store, name),
    close,
  };
}

function createBucket(store: ObjectStore, name: string): void {
  if (!/^[a-z\d][a-z\d.-]{1,61}[a-z\d]$/.test(name))
    throw new BootstrapError(
      `${JSON.stringify(name)} is not the name of a bucket: it takes 3 to 63 small letters, digits, dots and hyphens.`,
    );
  store.create(name);
}
