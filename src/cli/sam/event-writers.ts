import { arnOf } from '../../deployment/arn.js';
import { scheduleInput, scheduleOf } from '../../deployment/schedules.js';
import { eventPattern, sourceSettings } from '../../deployment/source-settings.js';
import type { Subscription } from '../../deployment/subscription.js';
import { pascalCase } from '../../shared/pascal-case.js';
import { ownArn, ownName } from './logical-names.js';
import type { SamTemplate } from './sam-template.js';
import { stackArn } from './stack-arn.js';

/** Writes the events of one source. */
export interface EventWriter {
  readonly type: string;
  /** The suffix of the event's name. */
  readonly suffix: string;
  /** Returns the parts that the template must have. */
  readonly needs?: (name: string) => readonly Need[];
  readonly properties: (subscription: NamedSubscription, template: SamTemplate) => Properties;
}

type Properties = Readonly<Record<string, unknown>>;

/** A resource or a parameter that a template must have: any of several. */
interface Need {
  readonly anyOf: readonly string[];
  readonly what: string;
}

export type NamedSubscription = Subscription & { readonly name: string };

/**
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-eventsource.html
 */
const WRITERS: Readonly<Record<string, EventWriter>> = {
  sqs: {
    type: 'SQS',
    suffix: 'Queue',
    properties: (subscription, template) => ({
      Queue: ownArn('queue', subscription.name, template) ?? stackArn(arnOf('sqs', subscription.name)),
      ...sourceSettings(subscription),
    }),
  },
  sns: {
    type: 'SNS',
    suffix: 'Topic',
    properties: ({ name }, template) => ({ Topic: ownArn('topic', name, template) ?? stackArn(arnOf('sns', name)) }),
  },
  kinesis: {
    type: 'Kinesis',
    suffix: 'Stream',
    properties: (subscription, template) => ({
      Stream:
        ownArn('stream', subscription.name, template) ?? stackArn(arnOf('kinesis', `stream/${subscription.name}`)),
      ...sourceSettings(subscription),
    }),
  },
  dynamodb: {
    type: 'DynamoDB',
    suffix: 'Table',
    needs: (name) => {
      const [table, parameter] = [ownName('table', name), streamParameter(name)];
      const what = `the table as the resource ${table} with a StreamSpecification, or the parameter ${parameter}`;
      return [{ anyOf: [table, parameter], what }];
    },
    properties: (subscription, template) => ({
      Stream: tableStream(subscription.name, template),
      ...sourceSettings(subscription),
    }),
  },
  kafka: {
    type: 'MSK',
    suffix: 'KafkaTopic',
    needs: () => [parameterNeed('KafkaClusterArn', 'the ARN of the cluster')],
    properties: (subscription) => ({
      Stream: { Ref: 'KafkaClusterArn' },
      ...sourceSettings(subscription),
      // Lambda supports partial batch responses only in provisioned mode.
      ProvisionedPollerConfig: { MinimumPollers: 1, MaximumPollers: 1 },
    }),
  },
  mq: {
    type: 'MQ',
    suffix: 'MqQueue',
    needs: () => [
      parameterNeed('BrokerArn', 'the ARN of the broker'),
      parameterNeed('BrokerSecretArn', 'the ARN of the secret with username and password'),
    ],
    properties: (subscription) => ({
      Broker: { Ref: 'BrokerArn' },
      ...sourceSettings(subscription),
      SourceAccessConfigurations: [{ Type: 'BASIC_AUTH', URI: { Ref: 'BrokerSecretArn' } }],
      DynamicPolicyName: true,
    }),
  },
  s3: {
    type: 'S3',
    suffix: 'Bucket',
    // SAM configures notifications only on buckets of the same template.
    needs: (name) => {
      const bucket = ownName('bucket', name);
      return [{ anyOf: [bucket], what: `the bucket as the resource ${bucket}, with BucketName: ${name}` }];
    },
    properties: (subscription) => ({
      Bucket: { Ref: ownName('bucket', subscription.name) },
      ...sourceSettings(subscription),
    }),
  },
  schedule: {
    type: 'Schedule',
    suffix: 'Schedule',
    // The decorator only names the rule.
    needs: (name) => [
      parameterNeed(scheduleParameter(name), 'the schedule expression', ', as in Default: cron(10 0 * * ? *)'),
    ],
    properties: ({ name }) => ({ Schedule: { Ref: scheduleParameter(name) }, Name: name }),
  },
  eventbridge: {
    type: 'EventBridgeRule',
    suffix: 'BusEvents',
    properties: ({ consumers }) => ({ Pattern: eventPattern(consumers) }),
  },
};

/** Scheduler invokes the function with a role that SAM creates. */
const DECLARED_SCHEDULE: EventWriter = { type: 'ScheduleV2', suffix: 'Schedule', properties: declaredSchedule };

/** Returns what writes the event of a subscription; `undefined` for sources that SAM has no event for. */
export function writerOf(subscription: Subscription): EventWriter | undefined {
  return scheduleOf(subscription) === undefined ? WRITERS[subscription.source] : DECLARED_SCHEDULE;
}

function parameterNeed(parameter: string, what: string, example = ''): Need {
  return { anyOf: [parameter], what: `${what} as the parameter ${parameter}${example}` };
}

/** Stream ARNs end in their creation time, so a name is not enough. */
function tableStream(name: string, template: SamTemplate): object {
  const parameter = streamParameter(name);
  return template.has(parameter) ? { Ref: parameter } : { 'Fn::GetAtt': `${ownName('table', name)}.StreamArn` };
}

function streamParameter(table: string): string {
  return `${ownName('table', table)}StreamArn`;
}

function scheduleParameter(rule: string): string {
  return `${pascalCase(rule)}Schedule`;
}

/** A name that ends in `*` has the stack's at its end. */
function declaredSchedule(subscription: NamedSubscription): Properties {
  const { name } = subscription;
  const declared = scheduleOf(subscription)!;
  const input = scheduleInput(declared);
  return {
    Name: name.endsWith('*') ? { 'Fn::Sub': name.replace('*', '${AWS::StackName}') } : name,
    ScheduleExpression: declared.expression,
    ...(declared.timezone !== undefined && { ScheduleExpressionTimezone: declared.timezone }),
    ...(input !== undefined && { Input: input }),
  };
}
