import { OnEventBridge, OnS3, OnSns, OnSqs } from '../../src/decorators/consumers.js';
import { events } from '../../src/testing/events.js';
import { fakeContext } from '../../src/testing/fake-context.js';
import { createApp } from './create-app.js';

class Orders {
  @OnSqs('orders', { type: 'placed' }) placed(): void {}
  @OnSqs('shipments') ship(): void {}
  @OnEventBridge({ source: 'shop.orders', detailType: 'OrderPlaced' }) onPlaced(): void {}
}

class News {
  @OnSns('news') read(): void {}
}

async function errorFor(event: object, ...providers: (new () => object)[]): Promise<string> {
  const lines: string[] = [];
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
  const thrown = await createApp({ providers })
    .handler(event, fakeContext())
    .then(() => '', String);
  write.mockRestore();
  const [, logged] = /Error: (No consumer.*?)\\n/.exec(lines.join('')) ?? [];
  return JSON.parse(`"${logged ?? JSON.stringify(thrown).slice(1, -1)}"`) as string;
}

test('the error lists the consumers of the source, and the names that are near', async () => {
  expect(await errorFor(events.sqs('order', ['1']), Orders, News)).toBe(
    'No consumer takes this sqs record of queue "order". Did you mean "orders"? ' +
      'There are Orders.ship (sqs, queue "shipments"), Orders.placed (sqs, queue "orders", type "placed"). ' +
      'Add a method with the decorator for sqs to a controller or a provider, or correct a name in one of these.',
  );
});

test('the error suggests nothing for a name that is right, or far from all others', async () => {
  const event = events.eventBridge({ source: 'shop.orders', detailType: 'Order placed!', detail: {} });
  const error = await errorFor(event, Orders);
  expect(error.match(/Did you mean.*?\?/g)).toEqual(['Did you mean "OrderPlaced"?']);
  expect(await errorFor(events.sqs('bills', ['1']), Orders)).not.toContain('Did you mean');
  expect(await errorFor(events.sqs('orders', ['1']), Orders)).not.toContain('Did you mean');
});

test('the error lists the consumers of other sources if there are none of this one', async () => {
  expect(await errorFor(events.sqs('news', ['1']), News)).toBe(
    'No consumer takes this sqs record of queue "news". There is News.read (sns, topic "news"). ' +
      'Add a method with the decorator for sqs to a controller or a provider.',
  );
});

class Uploads {
  @OnS3({ bucket: 'uploads', event: 'ObjectCreated:*' }) store(): void {}
  @OnS3({ bucket: 'scans', via: { sqs: 'scans' } }) scan(): void {}
}

test('the error suggests no pattern that matches, and names consumers with via', async () => {
  expect(await errorFor(events.s3({ bucket: 'scans' }), Uploads)).toBe(
    'No consumer takes this s3 record of bucket "scans", event "ObjectCreated:Put". ' +
      'There is Uploads.store (s3, bucket "uploads", event "ObjectCreated:*"). ' +
      'Only what comes in messages goes to Uploads.scan (s3, bucket "scans", via sqs "scans"). ' +
      'Add a method with the decorator for s3 to a controller or a provider, or correct a name in one of these.',
  );
});
