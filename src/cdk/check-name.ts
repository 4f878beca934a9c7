import { Annotations, Token } from 'aws-cdk-lib';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import type { IConstruct } from 'constructs';
import { BootstrapError } from '../errors/bootstrap-error.js';
import type { EventSources } from './event-sources.js';

/** Where a resource has its name: in CloudFormation's properties, and as a construct. */
const NAMES: { readonly [Kind in keyof EventSources]?: readonly [property: string, member: string] } = {
  queues: ['queueName', 'queueName'],
  topics: ['topicName', 'topicName'],
  streams: ['name', 'streamName'],
  tables: ['tableName', 'tableName'],
  buckets: ['bucketName', 'bucketName'],
};

/**
 * Records carry the name that a resource has in AWS, and decorators name it: another one would reach no consumer.
 *
 * @throws BootstrapError when the resource has another name; where CloudFormation is to give it one, there is a warning.
 */
export function checkName(target: Function, kind: keyof EventSources, name: string, resource: unknown): void {
  const place = NAMES[kind];
  if (place === undefined) return;
  const actual = nameOf(resource as IConstruct, place);
  if (actual === name) return;
  const wrong = `${kind} "${name}" of ${target.node.path}`;
  if (actual !== undefined) throw new BootstrapError(`${wrong} has the name "${actual}" in AWS, by which its records are told apart. Pass it under that name, which a decorator has to name.`);
  Annotations.of(target).addWarningV2(
    `lambent:name-of-${name}`,
    `${wrong} has no name of its own, so that CloudFormation makes one up, and the decorator would have to name that. Set its ${place[0]} to "${name}", or leave the name out of the decorator.`,
  );
}

function nameOf(resource: IConstruct, [property, member]: readonly [string, string]): string | undefined {
  const own = resource.node.defaultChild as Readonly<Record<string, unknown>> | undefined;
  const name = own ? own[property] : (resource as unknown as Readonly<Record<string, unknown>>)[member];
  return typeof name === 'string' && !Token.isUnresolved(name) ? name : undefined;
}
