import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnEventSourceMapping, type IEventSource, type IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { NETWORK_ACTIONS } from '../deployment/permissions.js';
import { anObject, anything, checkOptions, type OptionRules, text } from '../errors/check-options.js';

/** A queue of an Amazon MQ broker, and the credentials for it. */
export interface MqEventSourceProps {
  /** The ARN of the broker. */
  readonly brokerArn: string;
  /** A secret with the members `username` and `password`. */
  readonly secret: ISecret;
  /** The name of the queue. */
  readonly queue: string;
  /** The virtual host of a RabbitMQ broker. */
  readonly virtualHost?: string;
  /** The most messages per invocation. Defaults to 100. */
  readonly batchSize?: number;
}

const RULES: OptionRules<MqEventSourceProps> = {
  brokerArn: text,
  secret: anObject,
  queue: text,
  virtualHost: text,
  batchSize: anything,
};

/** An event source for queues of ActiveMQ and RabbitMQ, which the CDK doesn't have. */
export class MqEventSource implements IEventSource {
  constructor(private readonly props: MqEventSourceProps) {
    checkOptions(props, RULES, `the option sources.mqQueues["${props.queue}"]`);
  }

  bind(target: IFunction): void {
    const { brokerArn, secret, queue, virtualHost, batchSize } = this.props;
    target.addToRolePolicy(new PolicyStatement({ actions: ['mq:DescribeBroker'], resources: [brokerArn] }));
    target.addToRolePolicy(new PolicyStatement({ actions: [...NETWORK_ACTIONS], resources: ['*'] }));
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
