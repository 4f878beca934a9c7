import { descriptionOf } from '../../../../src/application/described-handler.js';
import { describeFunction } from '../../../../src/cli/dev/runtime/loaded-function.js';
import { OnS3, OnSqs } from '../../../../src/decorators/consumers.js';
import { createApp } from '../../../application/create-app.js';

class Consumers {
  @OnSqs('orders') ship(): void {}
  @OnS3({ via: { sqs: 'uploads' } }) store(): void {}
}

test('a function is described by its applications', () => {
  const { handler } = createApp({ providers: [Consumers] }, { requestsVia: { sqs: ['api'] } });
  expect(describeFunction(handler, [descriptionOf(handler)!])).toMatchObject({
    isApplication: true,
    consumers: [
      { source: 'sqs', criteria: { queue: 'orders' }, handler: 'Consumers.ship' },
      { source: 's3', via: { sqs: 'uploads' }, handler: 'Consumers.store' },
    ],
    requestsVia: [{ source: 'sqs', name: 'api' }],
    sends: [],
    streams: false,
  });
});

test('of a handler of no application, nothing is known', () => {
  expect(describeFunction(() => 'any', [])).toMatchObject({ isApplication: false, routes: [], consumers: [] });
});
