import { type AwsClient, awsClientConfig, CLIENT_RULES, type ClientOptions } from '../aws/aws-client-config.js';
import { BootstrapError } from '../errors/bootstrap-error.js';
import { checkOptions, numberAbove, type OptionRules, text } from '../errors/check-options.js';
import { describeValue } from '../errors/describe-value.js';
import { missingPeers } from '../errors/missing-peers.js';
import { shown } from '../errors/option-names.js';
import type { Constructor } from '../shared/types.js';
import type { HealthCheck, HealthCheckContext } from './health-check.js';

/** Options of checks of AWS services. Without a client, they use the one of `AwsModule`, else one of their own. */
export interface AwsCheckOptions extends ClientOptions {
  /** Seconds. Defaults to the module's. */
  readonly timeout?: number;
}

/** A name, or a function that returns it, such as from an environment variable that the build doesn't have. */
type NameOf = string | (() => string | undefined);

const RULES: OptionRules<AwsCheckOptions> = { timeout: numberAbove(0, 'seconds'), ...CLIENT_RULES };

/**
 * Checks that a DynamoDB table exists and is active, with `DescribeTable`. Needs `@aws-sdk/client-dynamodb`, and
 * `dynamodb:DescribeTable` on the table.
 *
 * @param table Its name or ARN, or a function that returns it.
 * @throws BootstrapError for an unknown option or a wrong value.
 */
export function dynamoDbCheck(table: NameOf, options: AwsCheckOptions = {}): HealthCheck {
  return awsCheck('dynamoDbCheck', table, options, async (name, { clientOf, abortSignal }) => {
    const sdk = await import('@aws-sdk/client-dynamodb').catch(
      missingPeers('dynamoDbCheck', '@aws-sdk/client-dynamodb'),
    );
    const command = new sdk.DescribeTableCommand({ TableName: name });
    const { Table } = await clientOf(sdk.DynamoDBClient).send(command, { abortSignal });
    // A table whose settings or indexes change can be read and written.
    const isReady = Table?.TableStatus === 'ACTIVE' || Table?.TableStatus === 'UPDATING';
    if (!isReady) throw new Error(`The table is ${Table?.TableStatus ?? 'not described'}`);
  });
}

/**
 * Checks that an SQS queue exists, with `GetQueueUrl` for a name and `GetQueueAttributes` for a URL. Needs
 * `@aws-sdk/client-sqs`, and the permission of that name on the queue.
 *
 * @param queue Its name or URL, or a function that returns it.
 * @throws BootstrapError for an unknown option or a wrong value.
 */
export function sqsCheck(queue: NameOf, options: AwsCheckOptions = {}): HealthCheck {
  return awsCheck('sqsCheck', queue, options, async (name, { clientOf, abortSignal }) => {
    const sdk = await import('@aws-sdk/client-sqs').catch(missingPeers('sqsCheck', '@aws-sdk/client-sqs'));
    const client = clientOf(sdk.SQSClient);
    if (name.includes('/')) {
      const command = new sdk.GetQueueAttributesCommand({ QueueUrl: name, AttributeNames: ['QueueArn'] });
      await client.send(command, { abortSignal });
    } else await client.send(new sdk.GetQueueUrlCommand({ QueueName: name }), { abortSignal });
  });
}

type ClientClass<C extends AwsClient> = new (config: object) => C;

/** The context of one run of a check. */
interface AwsCheckRun {
  clientOf<C extends AwsClient>(type: ClientClass<C>): C;
  readonly abortSignal: AbortSignal;
}

/** @param where Names the check in messages. */
function awsCheck(
  where: string,
  target: NameOf,
  options: AwsCheckOptions,
  run: (name: string, how: AwsCheckRun) => Promise<void>,
): HealthCheck {
  checkOptions(options, RULES, `the options of ${where}`);
  checkTarget(target, where);
  const { timeout } = options;
  const own = new OwnClient(options);
  return {
    ...(timeout !== undefined && { timeout }),
    check: (context) =>
      run(nameOf(target, where), { clientOf: (type) => own.client(type, context), abortSignal: context.signal }),
    close: () => own.close(),
  };
}

function checkTarget(target: unknown, where: string): void {
  if (typeof target === 'function' || text.accepts(target)) return;
  throw new BootstrapError(
    `${where} was given ${shown(target)}: it takes a name, or a function that returns it, as in ` +
      `${where}(() => process.env['NAME']) for a variable that the build doesn't have.`,
  );
}

function nameOf(target: NameOf, where: string): string {
  const name = typeof target === 'function' ? target() : target;
  if (text.accepts(name)) return name as string;
  throw new TypeError(`The function of ${where} returned ${describeValue(name)} instead of a name`);
}

/** The client of a check: a given one, that of the application, or one that it makes and destroys. */
class OwnClient {
  #made: AwsClient | undefined;

  constructor(private readonly given: AwsCheckOptions) {}

  client<C extends AwsClient>(type: ClientClass<C>, { find, settings }: HealthCheckContext): C {
    const { client, config } = this.given;
    const known = client ?? (config ? undefined : find(type as Constructor<C>));
    // One attempt, and no waiting after a throttled one: the next poll tries again.
    const options = { maxAttempts: 1, retryMode: 'standard', ...config };
    return (known ?? (this.#made ??= new type(awsClientConfig(options, settings)))) as C;
  }

  close(): void {
    this.#made?.destroy();
    // Another application of the process may have the same check.
    this.#made = undefined;
  }
}
