import type { ApplicationDescription, DestinationDescription } from '../../contracts/application-description.js';
import { destinationPermission, type Permission, valuePermissions } from '../../deployment/permissions.js';
import { type DestinationKind, isDefaultBus } from '../../shared/destination.js';
import { pascal } from './logical-name.js';
import type { SamTemplate } from './sam-template.js';

type Sent = Pick<ApplicationDescription, 'sends' | 'uses'>;

/** A statement of a policy. */
export type SamStatement = Readonly<Record<'Effect' | 'Action' | 'Resource', unknown>>;

/**
 * Returns the statements that let a function send to its destinations, and read its parameters and secrets. SAM itself
 * lets it read the sources of its events.
 */
export function samStatements({ sends, uses }: Sent, template: SamTemplate): SamStatement[] {
  return [
    ...sends.map((destination) =>
      statement(destinationPermission(destination), resourceOf(destination, template)?.arn),
    ),
    ...uses.flatMap(valuePermissions).map((permission) => statement(permission)),
  ];
}

/** Returns the variables with the addresses of destinations. Every account has the default bus, which needs none. */
export function samVariables({ sends }: Sent, template: SamTemplate): Readonly<Record<string, unknown>> {
  const needed = sends.filter((destination) => !isDefaultBus(destination));
  return Object.fromEntries(
    needed.map((destination) => [
      destination.variable,
      resourceOf(destination, template)?.address ?? ADDRESSES[destination.kind](destination.name),
    ]),
  );
}

function statement({ actions, resource }: Permission, own?: object): SamStatement {
  return { Effect: 'Allow', Action: actions, Resource: own ?? { 'Fn::Sub': pseudoParameters(resource!) } };
}

function pseudoParameters(arn: string): string {
  return arn
    .replace('${Partition}', '${AWS::Partition}')
    .replace('${Region}', '${AWS::Region}')
    .replace('${Account}', '${AWS::AccountId}');
}

/** A resource of the template, whose address and ARN are references to it. */
interface OwnResource {
  readonly address: object;
  readonly arn: object;
}

const TYPES: Readonly<Record<DestinationKind, { readonly suffix: string; readonly type: string }>> = {
  queue: { suffix: 'Queue', type: 'AWS::SQS::Queue' },
  topic: { suffix: 'Topic', type: 'AWS::SNS::Topic' },
  bus: { suffix: 'Bus', type: 'AWS::Events::EventBus' },
};

/** Returns what the template declares as, for the queue `orders`, the resource `OrdersQueue`. */
function resourceOf({ kind, name }: DestinationDescription, template: SamTemplate): OwnResource | undefined {
  const { suffix, type } = TYPES[kind];
  const logicalName = pascal(name) + suffix;
  if (!template.hasResource(logicalName, type)) return undefined;
  const address = { Ref: logicalName };
  return { address, arn: kind === 'topic' ? address : { 'Fn::GetAtt': `${logicalName}.Arn` } };
}

const ADDRESSES: Readonly<Record<DestinationKind, (name: string) => unknown>> = {
  queue: (name) => ({ 'Fn::Sub': `https://sqs.\${AWS::Region}.\${AWS::URLSuffix}/\${AWS::AccountId}/${name}` }),
  topic: (name) => ({ 'Fn::Sub': `arn:\${AWS::Partition}:sns:\${AWS::Region}:\${AWS::AccountId}:${name}` }),
  bus: (name) => name,
};
