import { BootstrapError } from '../errors/bootstrap-error.js';
import { anything, checkOptions, record, type Rules } from '../errors/option-rules.js';
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

const RULES: Rules<ValueModuleOptions> = { client: record, config: record, maxAge: anything };

/** @throws BootstrapError for an unknown option or a bad value. */
export function checkValueOptions<O extends ValueModuleOptions>(
  options: O,
  more: Omit<Rules<O>, keyof ValueModuleOptions>,
  module: string,
): void {
  checkOptions<object>(options, { ...RULES, ...more }, `the options of ${module}`);
  const { maxAge = 0 } = options;
  if (!(typeof maxAge === 'number' && maxAge >= 0))
    throw new BootstrapError(`${module}: maxAge is ${maxAge}; it takes seconds from 0`);
}
