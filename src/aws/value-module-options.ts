import { BootstrapError } from '../errors/bootstrap-error.js';
import { refuseUnknownOptions } from '../errors/refuse-unknown-options.js';
import type { AwsClient, AwsModuleConfig } from './aws-module.js';

/** What the modules for values have in common. */
export interface ValueModuleOptions {
  /** A client of yours, which stays yours to destroy; one is made with the defaults of `awsClientConfig` otherwise. */
  readonly client?: AwsClient;
  /** Options for the client that is made, such as `region`. */
  readonly config?: AwsModuleConfig;
  /** Seconds for which a store gives a value again without asking; 5 unless given. What is injected never changes. */
  readonly maxAge?: number;
}

/** @throws BootstrapError for an unknown option or a bad value. */
export function checkValueOptions(options: ValueModuleOptions, more: readonly string[], module: string): void {
  refuseUnknownOptions(options, ['client', 'config', 'maxAge', ...more], `the options of ${module}`);
  const { maxAge = 0 } = options;
  if (!(maxAge >= 0)) throw new BootstrapError(`${module}: maxAge is ${maxAge}; it takes seconds from 0`);
}
