import { variableWords } from './destination.js';

/** Where large payloads are kept: a bucket, by the name that the application calls it, and how their keys begin. */
export interface PayloadPlace {
  readonly name: string;
  readonly prefix: string;
}

/** Returns the environment variable with the name of a bucket: for `order-payloads` it is `ORDER_PAYLOADS_BUCKET`. */
export function bucketVariable(name: string): string {
  return `${variableWords(name)}_BUCKET`;
}
