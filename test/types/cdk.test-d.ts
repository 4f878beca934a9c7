import type { Stack } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { Schedule } from 'aws-cdk-lib/aws-events';
import { Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { LambentApi } from '../../src/cdk/lambent-api.js';
import { LambentFunction } from '../../src/cdk/lambent-function.js';
import type { EventSources } from '../../src/cdk/source-options.js';
import { expectType, type Same } from './expect-type.js';

declare const stack: Stack;
declare const queue: IQueue;
declare const table: ITable;
declare const schedule: Schedule;

const fn = new LambentFunction(stack, 'Function', {
  sources: {
    queues: { orders: queue, slow: { from: queue, batchSize: 1 } },
    tables: { orders: table },
    schedules: { nightly: schedule, weekly: false },
  },
  runtime: Runtime.NODEJS_24_X,
  memorySize: 512,
});
const asFunction: Function = fn;

// One resource in the place of another.
type Queues = NonNullable<EventSources['queues']>;
expectType<Same<ITable extends Queues[string] ? true : false, false>>();
expectType<Same<{ from: ITable; batchSize: 1 } extends Queues[string] ? true : false, false>>();
expectType<Same<{ from: IQueue; batchSize: '1' } extends Queues[string] ? true : false, false>>();

// Whom a rule calls is not for its settings to say; how often, is.
type Schedules = NonNullable<EventSources['schedules']>;
type RuleKeys =
  | keyof Extract<Schedules[string], { from: Schedule }>
  | keyof Extract<NonNullable<EventSources['eventBus']>, { from: unknown }>;
expectType<Same<Extract<RuleKeys, 'targets' | 'eventPattern' | 'schedule'>, never>>();
expectType<
  Same<
    Extract<RuleKeys, 'deadLetterQueue' | 'retryAttempts' | 'maxEventAge'>,
    'deadLetterQueue' | 'retryAttempts' | 'maxEventAge'
  >
>();

const api = new LambentApi(stack, 'Api', { function: fn, api: { disableExecuteApiEndpoint: true } });
new LambentApi(stack, 'Rest', { function: fn, kind: 'rest-api', routes: 'one', api: { deploy: false } });
expectType<Same<typeof api.httpApi, HttpApi | undefined>>();
expectType<Same<typeof api.url, string>>();

export default asFunction;
