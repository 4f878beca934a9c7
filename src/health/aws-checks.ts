import { type AwsClient, awsClientConfig, CLIENT_RULES, type ClientOptions } from '../aws/aws-client-config.js';
import { BootstrapError } from '../errors/bootstrap-error.js';
import { checkOptions, numberAbove, type Rules } from '../errors/check-options.js';
import { describeValue } from '../errors/describe-value.js';
import { missingPeers } from '../errors/missing-peers.js';
import type { Constructor } from '../shared/types.js';
import type { HealthCheck, HealthCheckContext } from './health-check.js';

/** Options of checks of AWS services. Without a client, they use the one of `AwsModule`, else one of their own. */
export interface AwsCheckOptions extends ClientOptions {
  /** Seconds. Defaults to the module's. */
  readonly timeout?: number;
}

/** A name, or a function that returns it, such as from an environment variable that the build doesn't have. */
type NameOf = string | (() => string | undefined);

const RULES: Rules<AwsCheckOptions> = { timeout: numberAbove(0, 'seconds'), ...CLIENT_RULES };

/**
 * Checks that a DynamoDB table exists and is active, with `DescribeTable`. Needs `@aws-sdk/client-dynamodb`, and
 * `dynamodb:DescribeTable` on the table.
 *
 * @param table Its name or ARN, or a function that returns it.
 * @throws BootstrapError for an unknown option or a wrong value.
 */
export function dynamoDbCheck(table: NameOf, options: AwsCheckOptions = {}): HealthCheck {
  checkTarget(table, options, 'dynamoDbCheck');
  const own = new OwnClient(options);
  return {
    ...own.options,
    check: async (context) => {
      const sdk = await import('@aws-sdk/client-dynamodb').catch(
        missingPeers('dynamoDbCheck', '@aws-sdk/client-dynamodb'),
      );
      const client = own.client(sdk.DynamoDBClient, context);
      const command = new sdk.DescribeTableCommand({ TableName: nameOf(table, 'dynamoDbCheck') });
      const { Table } = await client.send(command, { abortSignal: context.signal });
      // A table whose settings or indexes change can be read and written.
      const isReady = Table?.TableStatus === 'ACTIVE' || Table?.TableStatus === 'UPDATING';
      if (!isReady) throw new Error(`The table is ${Table?.TableStatus ?? 'not described'}`);
    },
  };
}

/**
 * Checks that an SQS queue exists, with `GetQueueUrl` for a name and `GetQueueAttributes` for a URL. Needs
 * `@aws-sdk/client-sqs`, and the permission of that name on the queue.
 *
 * @param queue Its name or URL, or a function that returns it.
 * @throws BootstrapError for an unknown option or a wrong value.
 */
export function sqsCheck(queue: NameOf, options: AwsCheckOptions = {}): HealthCheck {
  checkTarget(queue, options, 'sqsCheck');
  const own = new OwnClient(options);
  return {
    ...own.options,
    check: async (context) => {
      const sdk = await import('@aws-sdk/client-sqs').catch(missingPeers('sqsCheck', '@aws-sdk/client-sqs'));
      const client = own.client(sdk.SQSClient, context);
      const { signal: abortSignal } = context;
      const name = nameOf(queue, 'sqsCheck');
      if (name.includes('/'))
        await client.send(new sdk.GetQueueAttributesCommand({ QueueUrl: name, AttributeNames: ['QueueArn'] }), {
          abortSignal,
        });
      else await client.send(new sdk.GetQueueUrlCommand({ QueueName: name }), { abortSignal });
    },
  };
}

/** The client of a check: a given one, that of the application, or one that it makes and destroys. */
class OwnClient {
  #made: AwsClient | undefined;

  constructor(private readonly given: AwsCheckOptions) {}

  get options(): Omit<HealthCheck, 'check'> {
    const { timeout } = this.given;
    return { ...(timeout !== undefined && { timeout }), close: () => this.#close() };
  }

  client<C extends AwsClient>(type: new (config: object) => C, { find, settings }: HealthCheckContext): C {
    const { client, config } = this.given;
    const known = client ?? (config ? undefined : find(type as Constructor<C>));
    // One attempt, and no waiting after a throttled one: the next poll tries again.
    const options = { maxAttempts: 1, retryMode: 'standard', ...config };
    return (known ?? (this.#made ??= new type(awsClientConfig(options, settings)))) as C;
  }

  #close(): void {
    this.#made?.destroy();
    // Another application of the process may have the same check.
    this.#made = undefined;
  }
}

function checkTarget(target: unknown, options: AwsCheckOptions, where: string): void {
  checkOptions(options, RULES, `the options of ${where}`);
  if (typeof target === 'function' || (typeof target === 'string' && target.trim() !== '')) return;
  const given = target === '' ? "''" : describeValue(target);
  throw new BootstrapError(
    `${where} was given ${given}: it takes a name, or a function that returns it, as in ` +
      `${where}(() => process.env['NAME']) for a variable that the build doesn't have.`,
  );
}

function nameOf(target: NameOf, where: string): string {
  const name = typeof target === 'function' ? target() : target;
  if (typeof name === 'string' && name.trim() !== '') return name;
  throw new TypeError(`The function of ${where} returned ${describeValue(name)} instead of a name`);
}
