import type { Context as LambdaContext } from 'aws-lambda';
import type { RecordAdapter } from '../contracts/record-adapter.js';

/** An event with records, while they are handled. */
export interface RecordEvent {
  readonly adapter: RecordAdapter;
  readonly event: unknown;
  readonly lambdaContext: LambdaContext;
  /** What Lambda delivered, where the event came in a message of it. */
  readonly delivered?: unknown;
}
