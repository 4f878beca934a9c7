import type { Context as LambdaContext } from 'aws-lambda';
import type { MaybePromise } from '../shared/types.js';
import type { Deliver } from './deliver.js';

/** Takes an event to its end, and gives the result that its source wants. */
export type Dispatch = (event: unknown, context: LambdaContext, deliver: Deliver) => MaybePromise<unknown>;
