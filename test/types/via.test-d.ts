// Compiled by `npm run types`, never run.
import { LambdaApplication } from '../../src/application/lambda-application.js';
import type { ExecutionContext } from '../../src/contracts/pipeline.js';
import { OnEventBridge, OnMq, OnS3, OnSchedule, OnSns, OnSqs } from '../../src/decorators/consumers.js';
import type { Via } from '../../src/shared/event-types.js';

export class Consumers {
  @OnS3({ bucket: 'uploads', via: { sqs: 'q' } })
  @OnS3({ via: { mq: 'q' } })
  @OnS3({ via: { sns: 't' } }, { batch: true })
  @OnEventBridge({ source: 'shop', via: { sns: 't', sqs: 'q' } })
  @OnSchedule('nightly', { via: { sns: 't', mq: 'q' } })
  @OnSns('t', { via: { sqs: 'q' }, concurrency: 5 })
  take(): void {}
}

// @ts-expect-error: a way has a name
OnS3({ via: {} });
// @ts-expect-error: no message is in both
OnS3({ via: { sqs: 'q', mq: 'q' } });
// @ts-expect-error: nothing travels in there
OnS3({ via: { kinesis: 'q' } });
// @ts-expect-error: one name a decorator
OnS3({ via: { sqs: ['q'] } });
// @ts-expect-error: a topic has no topics in it
OnSns('t', { via: { sns: 't' } });
// @ts-expect-error: messages of a queue travel in nothing
OnSqs('q', { via: { sqs: 'q' } });
// @ts-expect-error: messages of a queue travel in nothing
OnMq('q', { via: { sqs: 'q' } });

class AppModule {}
LambdaApplication.create(AppModule, { requestsVia: { sqs: ['q'], mq: [], sns: ['t'] } });
// @ts-expect-error: names are a list
LambdaApplication.create(AppModule, { requestsVia: { sqs: 'q' } });
// @ts-expect-error: requests travel in messages alone
LambdaApplication.create(AppModule, { requestsVia: { kafka: ['t'] } });

export function came({
  request,
  record,
}: ExecutionContext): readonly [Via | undefined, string | undefined, string | undefined] {
  return [request.via, request.via?.sqs ?? record.via?.sns, record.message?.id];
}
