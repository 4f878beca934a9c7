import type { Function } from 'aws-cdk-lib/aws-lambda';
import type { DeployedConsumer } from '../deployment/subscription.js';
import type { EventSources } from './source-options.js';

/** A resource to connect to a function. */
export interface Connection<Resource> {
  /** The key in `sources`. */
  readonly name: string;
  readonly resource: Resource;
  /** The settings of the event source mapping that were passed. */
  readonly settings: object;
  readonly consumers: readonly DeployedConsumer[];
}

/** Connects the resources of one source. */
export interface Connector<Resource> {
  /** The member of `sources` that has the resources. */
  readonly sources: keyof EventSources;
  connect(target: Function, connection: Connection<Resource>): void;
}

/** Separates a resource from its settings. Constructs have no member `from`. */
export function withSettings(value: unknown): { readonly from: unknown } {
  return typeof value === 'object' && value !== null && 'from' in value
    ? (value as { from: unknown })
    : { from: value };
}
