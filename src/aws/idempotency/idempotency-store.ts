import { KeptNames } from '../../contracts/kept-names.js';
import { BootstrapError } from '../../errors/bootstrap-error.js';
import { anyText, checkOptions, numberAbove, type OptionRules, text } from '../../errors/check-options.js';
import { missingPeers } from '../../errors/missing-peers.js';
import type { JsonCodec } from '../../http/message/json.js';
import type { Settings } from '../../settings/settings.js';
import { brand } from '../../shared/brand.js';
import type { PlainObject } from '../../shared/types.js';
import { CLIENT_RULES, type ClientOptions, openClient } from '../aws-client-config.js';

/** Options of `IdempotencyModule.forRoot`. */
export interface IdempotencyOptions extends ClientOptions {
  /** A DynamoDB table with a string as its partition key and `expiration` as its TTL attribute. */
  readonly tableName: string;
  /** The name of the partition key. Defaults to `id`. */
  readonly keyAttr?: string;
  /** The name of the sort key, if the table has one. */
  readonly sortKeyAttr?: string;
  /** Seconds for which a result is stored. Defaults to 3600. */
  readonly expiresAfter?: number;
}

const PACKAGES = '@aws-lambda-powertools/idempotency @aws-sdk/client-dynamodb @aws-sdk/lib-dynamodb';

export async function openIdempotencyStore(
  options: IdempotencyOptions,
  settings?: Settings,
  json: JsonCodec = JSON,
): Promise<IdempotencyStore> {
  checkOptions(options, RULES, 'the options of IdempotencyModule');
  const { tableName } = options;
  if (!tableName) {
    throw new BootstrapError(
      'IdempotencyModule needs the option tableName: the DynamoDB table that stores keys and results.',
    );
  }
  const missing = missingPeers('IdempotencyModule', PACKAGES);
  const [powertools, { DynamoDBPersistenceLayer }, sdk] = await Promise.all([
    import('@aws-lambda-powertools/idempotency').catch(missing),
    import('@aws-lambda-powertools/idempotency/dynamodb').catch(missing),
    import('@aws-sdk/client-dynamodb').catch(missing),
  ]);
  const { client, close } = openClient(sdk.DynamoDBClient, options, settings);
  const table = { ...options, awsSdkV3Client: client };
  const functionName = process.env['AWS_LAMBDA_FUNCTION_NAME'];
  // A layer keeps the key and expiry it is first used with, so every method needs its own.
  const prepare = (method: IdempotentMethod) =>
    runOnce(powertools, new DynamoDBPersistenceLayer(table), {
      ...method,
      name: [functionName, method.name].filter(Boolean).join('.'),
      expiresAfter: method.expiresAfter ?? options.expiresAfter,
    });
  return new IdempotencyStore({ tableName, json, prepare, close });
}

type Powertools = typeof import('@aws-lambda-powertools/idempotency');
type Layer = InstanceType<typeof import('@aws-lambda-powertools/idempotency/dynamodb').DynamoDBPersistenceLayer>;

function runOnce(
  { IdempotencyConfig, makeIdempotent }: Powertools,
  persistenceStore: Layer,
  method: IdempotentMethod,
): RunOnce {
  const { name: keyPrefix, key, payload, expiresAfter = 3600 } = method;
  return ({ data, remaining, run }) => {
    // Holds the context of one invocation, so overlapping invocations must not share it.
    const config = new IdempotencyConfig({
      eventKeyJmesPath: key,
      payloadValidationJmesPath: payload,
      expiresAfterSeconds: expiresAfter,
      throwOnNoIdempotencyKey: true,
      // Not the default MD5: callers choose the keys, and could construct two that collide.
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

const RULES: OptionRules<IdempotencyOptions> = {
  tableName: anyText,
  keyAttr: text,
  sortKeyAttr: text,
  expiresAfter: numberAbove(0, 'seconds'),
  ...CLIENT_RULES,
};

/** A method with `@Idempotent`. */
interface IdempotentMethod {
  /** The prefix of the method's keys in the table. */
  readonly name: string;
  /** The JMESPath expression of the key in the data of an event. */
  readonly key: string;
  /** The JMESPath expression of the data that must be the same for one key. */
  readonly payload: string | undefined;
  /** Seconds for which a result is stored. Defaults to the module's. */
  readonly expiresAfter: number | undefined;
}

/** Work that must be done once. */
interface IdempotentWork {
  /** The data that contains key and payload. */
  readonly data: PlainObject;
  /** Milliseconds after which the invocation cannot be running any more, or `undefined` when that is unknown. */
  readonly remaining: number | undefined;
  /** Does the work and returns the result as JSON text, or `undefined` for none. */
  readonly run: () => Promise<string | undefined>;
}

/** Does the work, or returns the stored result of work that was done before. */
export type RunOnce = (work: IdempotentWork) => Promise<string | undefined>;

interface IdempotencyStoreOptions {
  readonly tableName: string;
  readonly json: JsonCodec;
  readonly prepare: (method: IdempotentMethod) => RunOnce;
  readonly close: () => void;
}

/** The table of keys and results. `IdempotencyModule` provides it. */
export class IdempotencyStore {
  /** The prefixes of keys that are in use. */
  readonly names = new KeptNames();

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

  /** Destroys the client, unless it is yours. */
  close(): void {
    this.options.close();
  }
}
brand(IdempotencyStore, 'IdempotencyStore');
