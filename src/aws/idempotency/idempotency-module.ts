import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BootstrapError } from '../../errors/bootstrap-error.js';
import {
  anObject,
  anyText,
  checkOptions as checkEach,
  numberAbove,
  type Rules,
  text,
} from '../../errors/check-options.js';
import type { JsonCodec } from '../../http/message/json.js';
import { ownClassMetadata } from '../../metadata/class-metadata.js';
import type { Settings } from '../../settings/settings.js';
import { brand } from '../../shared/brand.js';
import type { DynamicModule } from '../../shared/module.js';
import type { PlainObject } from '../../shared/types.js';
import { awsClientConfig } from '../aws-client-config.js';
import type { AwsClient, AwsModuleConfig } from '../aws-module.js';
import { missingPeers } from '../missing-peers.js';
import { type AsyncOptions, storeModule } from '../store-module.js';

/** What `IdempotencyModule.forRoot` takes. */
export interface IdempotencyOptions {
  /** A DynamoDB table with a string as its partition key, and `expiration` as its time to live. */
  readonly tableName: string;
  /** The partition key's name; `id` unless given. */
  readonly keyAttr?: string;
  /** The sort key's name, of a table that has one. */
  readonly sortKeyAttr?: string;
  /** Seconds for which a result is kept; 3600 unless given. */
  readonly expiresAfter?: number;
  /**
   * A `DynamoDBClient` of yours, which stays yours to destroy; one is made with the defaults of `awsClientConfig`
   * otherwise.
   */
  readonly client?: AwsClient;
  /** Options for the client that is made, such as `region`. */
  readonly config?: AwsModuleConfig;
}

/** Brings the table that `@Idempotent` keeps keys and results in, through Powertools. */
export class IdempotencyModule {
  static forRoot(options: IdempotencyOptions): DynamicModule {
    return IdempotencyModule.forRootAsync({ useFactory: () => options });
  }

  /**
   * As {@link IdempotencyModule.forRoot}, for options that depend on other providers, such as a client of `AwsModule`.
   */
  static forRootAsync(options: AsyncOptions<IdempotencyOptions>): DynamicModule {
    return storeModule({ module: IdempotencyModule, store: IdempotencyStore, open: openIdempotencyStore }, options);
  }
}
brand(IdempotencyModule, 'IdempotencyModule');
ownClassMetadata(IdempotencyModule).module = {};

const PACKAGES = '@aws-lambda-powertools/idempotency @aws-sdk/client-dynamodb @aws-sdk/lib-dynamodb';

async function openIdempotencyStore(
  options: IdempotencyOptions,
  settings?: Settings,
  json: JsonCodec = JSON,
): Promise<IdempotencyStore> {
  checkOptions(options);
  const { tableName, client, config } = options;
  const missing = missingPeers('IdempotencyModule', PACKAGES);
  const [powertools, { DynamoDBPersistenceLayer }, sdk] = await Promise.all([
    import('@aws-lambda-powertools/idempotency').catch(missing),
    import('@aws-lambda-powertools/idempotency/dynamodb').catch(missing),
    import('@aws-sdk/client-dynamodb').catch(missing),
  ]);
  const own = client ? undefined : new sdk.DynamoDBClient(awsClientConfig(config, settings));
  const table = { ...options, awsSdkV3Client: own ?? (client as DynamoDBClient) };
  // A layer keeps to the first key and expiry it is given, so every method has its own.
  const prepare = (method: IdempotentMethod) =>
    runOnce(powertools, new DynamoDBPersistenceLayer(table), withDefaults(method, options));
  return new IdempotencyStore({ tableName, json, prepare, close: () => own?.destroy() });
}

type Powertools = typeof import('@aws-lambda-powertools/idempotency');
type Layer = InstanceType<typeof import('@aws-lambda-powertools/idempotency/dynamodb').DynamoDBPersistenceLayer>;

function withDefaults(method: IdempotentMethod, { expiresAfter }: IdempotencyOptions): IdempotentMethod {
  return { ...method, expiresAfter: method.expiresAfter ?? expiresAfter };
}

function runOnce(
  { IdempotencyConfig, makeIdempotent }: Powertools,
  persistenceStore: Layer,
  method: IdempotentMethod,
): RunOnce {
  const { name, key, payload, expiresAfter = 3600 } = method;
  const keyPrefix = [process.env['AWS_LAMBDA_FUNCTION_NAME'], name].filter(Boolean).join('.');
  return ({ data, remaining, run }) => {
    // It holds the context of one invocation: sharing it would mix overlapping ones.
    const config = new IdempotencyConfig({
      eventKeyJmesPath: key,
      payloadValidationJmesPath: payload,
      expiresAfterSeconds: expiresAfter,
      throwOnNoIdempotencyKey: true,
      // The caller chooses keys: MD5 would let one be found that collides with another.
      hashFunction: 'sha256',
    });
    if (remaining !== undefined) config.registerLambdaContext({ getRemainingTimeInMillis: () => remaining } as never);
    return makeIdempotent(run as (data: unknown) => Promise<string | undefined>, {
      persistenceStore,
      config,
      keyPrefix,
    })(data);
  };
}

const RULES: Rules<IdempotencyOptions> = {
  tableName: anyText,
  keyAttr: text,
  sortKeyAttr: text,
  expiresAfter: numberAbove(0, 'seconds'),
  client: anObject,
  config: anObject,
};

function checkOptions(options: IdempotencyOptions): void {
  checkEach(options, RULES, 'the options of IdempotencyModule');
  if (!options.tableName)
    throw new BootstrapError(
      'IdempotencyModule needs the option tableName: the DynamoDB table that keeps keys and results.',
    );
}

/** What one `@Idempotent` asks of the table. */
interface IdempotentMethod {
  /** Keeps the keys of methods apart. */
  readonly name: string;
  /** JMESPath of the key in the data of an event. */
  readonly key: string;
  /** JMESPath of what has to be the same under one key. */
  readonly payload: string | undefined;
  /** Seconds for which a result is kept; the module's unless given. */
  readonly expiresAfter: number | undefined;
}

/** One event's work, which is to be done once. */
interface IdempotentWork {
  /** What key and payload are found in. */
  readonly data: PlainObject;
  /**
   * Milliseconds after which whoever has begun the work can't be at it any more; `undefined` for no limit that is
   * known.
   */
  readonly remaining: number | undefined;
  /** Does the work; the result as JSON text, `undefined` for none. */
  readonly run: () => Promise<string | undefined>;
}

/** Does the work, or gives the text that is kept of it. */
export type RunOnce = (work: IdempotentWork) => Promise<string | undefined>;

interface IdempotencyStoreOptions {
  readonly tableName: string;
  readonly json: JsonCodec;
  readonly prepare: (method: IdempotentMethod) => RunOnce;
  readonly close: () => void;
}

/** The table that remembers what was done; `IdempotencyModule` brings it. */
export class IdempotencyStore {
  constructor(private readonly options: IdempotencyStoreOptions) {}

  get tableName(): string {
    return this.options.tableName;
  }

  get json(): JsonCodec {
    return this.options.json;
  }

  prepare(method: IdempotentMethod): RunOnce {
    return this.options.prepare(method);
  }

  /** Destroys the client, unless it was given. */
  close(): void {
    this.options.close();
  }
}
brand(IdempotencyStore, 'IdempotencyStore');
