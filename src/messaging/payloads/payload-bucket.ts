import { CLIENT_RULES, type ClientOptions } from '../../aws/aws-client-config.js';
import { BootstrapError } from '../../errors/bootstrap-error.js';
import { anObject, anyText, checkOptions, type OptionRules, wholeNumber } from '../../errors/check-options.js';
import { shown } from '../../errors/option-names.js';
import type { Settings } from '../../settings/settings.js';
import { brand } from '../../shared/brand.js';
import type { PayloadPlace } from '../../shared/destination.js';
import type { LargePayloadParts, LargePayloadOutlet, LargePayloadStore } from '../sending/message-sender.js';
import { offloadingOutlet } from './offloading-outlet.js';
import { isSafeKey, newKey } from './payload-key.js';
import { PayloadStore } from './payload-store.js';

/** Options of a `PayloadBucket`. */
export interface PayloadBucketOptions {
  /**
   * The beginning of the keys of all payloads, as in `orders/`. Others are neither written nor read. Default: nothing.
   */
  readonly prefix?: string;
  /**
   * The most bytes of a message, with its attributes, that is sent as it is. Default: what a request to the queue or
   * topic may have, which is 1 MiB for SQS and 256 KiB for SNS.
   */
  readonly threshold?: number;
  /** The largest payload, in bytes, that is written or read. Default: 16 MiB. */
  readonly maxSize?: number;
  /** The client for the bucket. */
  readonly s3?: ClientOptions;
}

const RULES: OptionRules<PayloadBucketOptions> = {
  prefix: anyText,
  threshold: wholeNumber(0),
  maxSize: wholeNumber(1),
  s3: anObject,
};

const MAX_SIZE = 16 * 1024 * 1024;

/**
 * A bucket for messages that are too large for a queue or a topic. Senders write such a message to it and send a
 * pointer; consumers with `@LargePayloads` read it. The format is that of the Amazon SQS Extended Client Library.
 *
 * The name is yours. That of the bucket in AWS is read from the environment when the application starts:
 * `PAYLOADS_BUCKET` for `new PayloadBucket('payloads')`.
 */
export class PayloadBucket implements LargePayloadStore, PayloadPlace {
  readonly prefix: string;
  readonly maxSize: number;
  readonly #options: PayloadBucketOptions;

  /** @throws BootstrapError for a name or an option that cannot work. */
  constructor(
    readonly name: string,
    options: PayloadBucketOptions = {},
  ) {
    checkName(name);
    const where = `the options of PayloadBucket ${JSON.stringify(name)}`;
    checkOptions(options, RULES, where);
    checkOptions(options.s3 ?? {}, CLIENT_RULES, `the option s3 of PayloadBucket ${JSON.stringify(name)}`);
    const { prefix = '', maxSize = MAX_SIZE } = options;
    // A key is checked in the same way when it is read.
    if (!isSafeKey(newKey(prefix)))
      throw new BootstrapError(
        `${where}: prefix is ${JSON.stringify(prefix)}; it takes letters, digits and ! - _ . * ' ( ), with single ` +
          "slashes between, as in 'orders/'.",
      );
    this.prefix = prefix;
    this.maxSize = maxSize;
    this.#options = options;
  }

  /** @throws BootstrapError if the environment variable is missing, or has something else. */
  open(settings: Settings | undefined): PayloadStore {
    return new PayloadStore(this.name, this.#options.s3 ?? {}, settings);
  }

  /** @throws BootstrapError if the environment variable is missing, or has something else. */
  before({ outlet, ordered, settings }: LargePayloadParts): LargePayloadOutlet {
    const { prefix, maxSize } = this;
    const threshold = Math.min(this.#options.threshold ?? outlet.batchLimit, outlet.messageLimit);
    // A smaller bucket bounds payloads, and not the messages that never become one.
    const limit = Math.max(threshold, maxSize);
    return offloadingOutlet(outlet, { store: this.open(settings), prefix, threshold, limit, ordered });
  }
}
brand(PayloadBucket, 'PayloadBucket');

/** Also that of the bucket in the emulator of `lambent dev`. */
const NAME = /^[a-z][a-z\d-]{1,61}[a-z\d]$/;

function checkName(name: unknown): void {
  if (typeof name === 'string' && NAME.test(name)) return;
  throw new BootstrapError(
    `PayloadBucket was given ${shown(name)}; it takes a name of 3 to 63 small letters, digits and hyphens, ` +
      "such as 'payloads'. The name of the bucket in AWS comes from an environment variable, such as PAYLOADS_BUCKET.",
  );
}
