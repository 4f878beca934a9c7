import type { DestinationKind } from '../../shared/destination.js';
import { pascalCase } from '../../shared/pascal-case.js';
import type { SamTemplate } from './sam-template.js';

/**
 * The kinds of things that a template declares under a name that follows from their own: the queue `orders` as
 * `OrdersQueue`.
 */
export type OwnKind = DestinationKind | 'stream' | 'bucket' | 'table';

interface OwnType {
  readonly suffix: string;
  /** Its types in CloudFormation. New resources have the first one. */
  readonly types: readonly [string, ...string[]];
  /** Whether `!Ref` returns the ARN. */
  readonly isRefArn?: true;
}

const TYPES: Readonly<Record<OwnKind, OwnType>> = {
  queue: { suffix: 'Queue', types: ['AWS::SQS::Queue'] },
  topic: { suffix: 'Topic', types: ['AWS::SNS::Topic'], isRefArn: true },
  bus: { suffix: 'Bus', types: ['AWS::Events::EventBus'] },
  bucket: { suffix: 'Bucket', types: ['AWS::S3::Bucket'] },
  stream: { suffix: 'Stream', types: ['AWS::Kinesis::Stream'] },
  table: {
    suffix: 'Table',
    types: ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable', 'AWS::Serverless::SimpleTable'],
  },
};

/** Returns the logical name under which a template declares a queue or the like. */
export function ownName(kind: OwnKind, name: string): string {
  return pascalCase(name) + TYPES[kind].suffix;
}

/** Returns the type of a new resource. */
export function ownType(kind: OwnKind): string {
  return TYPES[kind].types[0];
}

/** Returns the reference to a resource of the template; `undefined` if it has none of this name and type. */
export function ownReference(kind: OwnKind, name: string, template: SamTemplate): object | undefined {
  const logicalName = ownName(kind, name);
  return template.hasResource(logicalName, TYPES[kind].types) ? { Ref: logicalName } : undefined;
}

/** Returns the ARN of a resource of the template, which CloudFormation then creates before what names it. */
export function ownArn(kind: OwnKind, name: string, template: SamTemplate): object | undefined {
  const reference = ownReference(kind, name, template);
  if (reference === undefined || TYPES[kind].isRefArn) return reference;
  return { 'Fn::GetAtt': `${ownName(kind, name)}.Arn` };
}
