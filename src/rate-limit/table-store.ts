import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CLIENT_RULES, type ClientOptions, openClient } from '../aws/aws-client-config.js';
import { numberAbove, type OptionRules, text } from '../errors/check-options.js';
import { missingPeers } from '../errors/missing-peers.js';
import type { Settings } from '../settings/settings.js';
import { messageOf } from '../shared/thrown.js';
import { type CountedWindow, type RateLimitStore, StoreUnavailable } from './rate-limit-store.js';

/** A DynamoDB table that counts for all execution environments. */
export interface RateLimitTable extends ClientOptions {
  /** Its name. The partition key is the string `id`; `expiration` is the TTL attribute. */
  readonly table: string;
  /** Seconds to wait for the table at most. Defaults to 1. */
  readonly timeout?: number;
}

export const TABLE_RULES: OptionRules<RateLimitTable> = {
  table: text,
  timeout: numberAbove(0, 'seconds'),
  ...CLIENT_RULES,
};

/** Opens the table: loads the SDK, and makes a client unless there is one. */
export async function openTable(options: RateLimitTable, settings: Settings | undefined): Promise<RateLimitStore> {
  const { table, timeout = 1 } = options;
  const sdk = await import('@aws-sdk/client-dynamodb').catch(
    missingPeers('RateLimitModule with a table', '@aws-sdk/client-dynamodb'),
  );
  // Not the adaptive mode, which delays all calls once the table throttles one.
  const config = { retryMode: 'standard', ...options.config };
  const { client, close } = openClient(sdk.DynamoDBClient, { ...options, config }, settings);
  return new TableStore({ sdk, table, client, timeout }, close);
}

interface TableConnection {
  readonly sdk: Pick<typeof import('@aws-sdk/client-dynamodb'), 'UpdateItemCommand'>;
  readonly table: string;
  readonly client: DynamoDBClient;
  /** Seconds. */
  readonly timeout: number;
}

/**
 * The time for which an ended window stays in the table before DynamoDB may delete it: clocks of environments differ.
 */
const KEPT_MILLISECONDS = 60_000;

/** Counts in DynamoDB: one unconditional `ADD` a request, which no other call can come between. */
class TableStore implements RateLimitStore {
  constructor(
    private readonly connection: TableConnection,
    /** Destroys the client, unless it is yours. */
    readonly close: () => void,
  ) {}

  async add({ id, end }: CountedWindow): Promise<number> {
    const { table, sdk } = this.connection;
    const command = new sdk.UpdateItemCommand({
      TableName: table,
      Key: { id: { S: id } },
      UpdateExpression: 'ADD #count :one SET #expiration = :expiration',
      ExpressionAttributeNames: { '#count': 'count', '#expiration': 'expiration' },
      ExpressionAttributeValues: {
        ':one': { N: '1' },
        ':expiration': { N: String(Math.ceil((end + KEPT_MILLISECONDS) / 1000)) },
      },
      ReturnValues: 'UPDATED_NEW',
    });
    const { Attributes } = await this.#send(command);
    const count = Number(Attributes?.['count']?.N);
    // NaN is above no limit.
    if (Number.isSafeInteger(count)) return count;
    throw new Error(`The rate limit table "${table}" returned no count.`);
  }

  async #send(command: InstanceType<TableConnection['sdk']['UpdateItemCommand']>) {
    const { client, timeout } = this.connection;
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), timeout * 1000);
    try {
      return await client.send(command, { abortSignal: abort.signal });
    } catch (error) {
      if (abort.signal.aborted) throw new StoreUnavailable(`it took longer than ${timeout} s`, { cause: error });
      throw this.#explained(error);
    } finally {
      clearTimeout(timer);
    }
  }

  #explained(cause: unknown): Error {
    const error = Object(cause) as Partial<ServiceError>;
    const { name = typeof cause } = error;
    const message = messageOf(cause);
    if (isTemporary(error)) return new StoreUnavailable(`${name}: ${message}`, { cause });
    return new Error(
      `The rate limit table "${this.connection.table}" can't be used: ${message || name} (Its partition key is id, ` +
        "a string, and the function's role needs dynamodb:UpdateItem on it.)",
      { cause },
    );
  }
}

/** An error of an AWS client. */
interface ServiceError extends Error {
  readonly $metadata?: { readonly httpStatusCode?: number };
}

const THROTTLED: ReadonlySet<string> = new Set([
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
]);

/** Errors in the setup that come without a response. */
const SETUP = /^(?:Credentials|TokenProvider)|Region is missing|Could not load credentials/;

/**
 * Whether the same call may succeed later. A missing table, a missing permission or a wrong key is a mistake, and would
 * be no limit for ever if it were taken for an outage.
 */
function isTemporary({ name = '', message = '', $metadata }: Partial<ServiceError>): boolean {
  const status = $metadata?.httpStatusCode;
  if (THROTTLED.has(name)) return true;
  return status === undefined ? !SETUP.test(name) && !SETUP.test(message) : status >= 500;
}
