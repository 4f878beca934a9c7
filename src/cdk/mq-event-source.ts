import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnEventSourceMapping, type IEventSource, type IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { anObject, anything, checkOptions, type Rules, text } from '../errors/check-options.js';

/** A queue of a broker of Amazon MQ, and how Lambda signs in there. */
export interface MqEventSourceProps {
  readonly brokerArn: string;
  /** Has the members `username` and `password`. */
  readonly secret: ISecret;
  readonly queue: string;
  /** Of RabbitMQ. */
  readonly virtualHost?: string;
  /** Messages an invocation; 100 unless given. */
  readonly batchSize?: number;
}

const RULES: Rules<MqEventSourceProps> = {
  brokerArn: text,
  secret: anObject,
  queue: text,
  virtualHost: text,
  batchSize: anything,
};

/**
 * Lambda reads the broker from network interfaces of its own. @see
 * https://docs.aws.amazon.com/lambda/latest/dg/with-mq.html
 */
const NETWORK = [
  'ec2:CreateNetworkInterface',
  'ec2:DeleteNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSecurityGroups',
  'ec2:DescribeSubnets',
  'ec2:DescribeVpcs',
];

/** A queue of ActiveMQ or RabbitMQ, for which the CDK has no event source. */
export class MqEventSource implements IEventSource {
  constructor(private readonly props: MqEventSourceProps) {
    checkOptions(props, RULES, `the option sources.mqQueues["${props.queue}"]`);
  }

  bind(target: IFunction): void {
    const { brokerArn, secret, queue, virtualHost, batchSize } = this.props;
    target.addToRolePolicy(new PolicyStatement({ actions: ['mq:DescribeBroker'], resources: [brokerArn] }));
    target.addToRolePolicy(new PolicyStatement({ actions: NETWORK, resources: ['*'] }));
    const granted = secret.grantRead(target);
    const mapping = new CfnEventSourceMapping(target, `Mq:${queue}`, {
      functionName: target.functionName,
      eventSourceArn: brokerArn,
      queues: [queue],
      batchSize,
      sourceAccessConfigurations: [
        { type: 'BASIC_AUTH', uri: secret.secretArn },
        ...(virtualHost === undefined ? [] : [{ type: 'VIRTUAL_HOST', uri: virtualHost }]),
      ],
    });
    granted.applyBefore(mapping);
  }
}
