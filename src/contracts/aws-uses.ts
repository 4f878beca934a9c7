import type { PayloadPlace } from '../shared/destination.js';
import { InjectionToken } from '../shared/token.js';
import type { Constructor } from '../shared/types.js';

/** A configuration class, whose properties come from variables, parameters and secrets. */
export interface ConfigurationUse {
  readonly kind: 'configuration';
  readonly type: Constructor<object>;
}

/** The parameters below a path, which are fetched together. Relative names are below it. */
export interface ParameterPathUse {
  readonly kind: 'parameter-path';
  /** Begins with a slash. */
  readonly path: string;
}

/** A DynamoDB table in which a module keeps something of its own. Its attribute `expiration` is the time to live. */
export interface TableUse {
  readonly kind: 'table';
  /** The purpose of the table. */
  readonly purpose: 'idempotency' | 'rate-limit';
  /** Its name, as far as the machine knows it that describes the application. */
  readonly name: string | undefined;
  /** The name of the partition key, a string. */
  readonly key: string;
  /** The name of the sort key, a string; `undefined` if it has none. */
  readonly sortKey: string | undefined;
}

/** A bucket for the large payloads of messages. */
export interface BucketUse extends PayloadPlace {
  readonly kind: 'bucket';
  /** The access to the objects whose keys begin with `prefix`. */
  readonly access: 'read' | 'write';
}

/** A use of AWS by an application, beyond its consumers and destinations. */
export type AwsUse = ConfigurationUse | ParameterPathUse | TableUse | BucketUse;

/** The uses of AWS by a module. Modules provide them as a value, for deployments; nobody injects it. */
export const AWS_USES = new InjectionToken<readonly AwsUse[]>('AWS_USES');
