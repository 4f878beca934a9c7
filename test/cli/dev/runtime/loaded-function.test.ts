import { describeFunction } from '../../../../src/cli/dev/runtime/loaded-function.js';
import { OnS3, OnSns, OnSqs } from '../../../../src/decorators/consumers.js';
import { createApp } from '../../../application/create-app.js';

class Consumers {
  @OnSqs('orders') ship(): void {}
  @OnSqs() all(): void {}
  @OnS3({ via: { sqs: 'uploads' } }) store(): void {}
  @OnSns('placed', { via: { sqs: 'mails' } }) mail(): void {}
  @OnS3({ via: { sns: 'placed' } }) look(): void {}
}

test('a function consumes the queues of its consumers, of what comes in messages, and of requests', () => {
  const { handler } = createApp({ providers: [Consumers] }, { requestsVia: { sqs: ['api'], mq: ['other'] } });
  expect(describeFunction(handler).queues.toSorted()).toEqual(['*', 'api', 'mails', 'orders', 'uploads']);
});
