import { LambdaApplication } from '../../src/application/lambda-application.js';
import type { ApplicationOptions } from '../../src/application/options/application-options.js';
import { OnEvent, OnS3, OnSns, OnSqs } from '../../src/decorators/consumers.js';
import { Module } from '../../src/decorators/module.js';
import { refuseContradictions } from '../../src/deployment/refuse-contradictions.js';

class Uploads {
  @OnS3({ bucket: 'uploads', via: { sqs: 'thumbnails' } }) store(): void {}
  @OnSqs('orders') ship(): void {}
  @OnEvent(() => true) one(): void {}
  @OnEvent(() => true) two(): void {}
}

@Module({ providers: [Uploads] })
class AppModule {}

const refusing = (options: ApplicationOptions) => () =>
  refuseContradictions(LambdaApplication.describe(AppModule, options));

test('declarations that contradict each other are refused before a deployment, as at the start', () => {
  expect(refusing({ requestsVia: { sqs: ['api'] } })).not.toThrow();
  expect(refusing({ requestsVia: { sqs: ['thumbnails'] } })).toThrow(
    'Uploads.store (with via) and the option requestsVia both consume sqs records of queue "thumbnails"',
  );
  expect(refusing({ requestsVia: { sqs: ['orders'] } })).toThrow(
    'Uploads.ship and the option requestsVia both consume sqs records of queue "orders"',
  );
});

class Direct {
  @OnSns('placed.fifo') confirm(): void {}
}

class Queued {
  @OnSns('placed.fifo', { via: { sqs: 'mails.fifo' } }) confirm(): void {}
}

class Carried {
  @OnS3({ bucket: 'uploads', via: { sns: 'uploads.fifo' } }) store(): void {}
}

test.each([
  [Direct, 'Direct.confirm (sns, topic "placed.fifo"): FIFO topics deliver to SQS queues only'],
  [Carried, 'Carried.store (sns, topic "uploads.fifo"): FIFO topics'],
])('a FIFO topic that would have to invoke the function itself is refused: %p', (consumer, message) => {
  const description = LambdaApplication.describe({ module: class {}, providers: [consumer] });
  expect(() => refuseContradictions(description)).toThrow(message);
});

test('a FIFO topic is taken through a queue', () => {
  const description = LambdaApplication.describe({ module: class {}, providers: [Queued] });
  expect(() => refuseContradictions(description)).not.toThrow();
});
