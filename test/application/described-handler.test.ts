import { descriptionOf } from '../../src/application/described-handler.js';
import { LambdaApplication } from '../../src/application/lambda-application.js';
import { Module } from '../../src/decorators/module.js';
import { Controller, Get } from '../../src/decorators/routes.js';
import { installAwsLambda } from '../../src/local/invoke/response-stream.js';

@Controller({ path: 'orders', version: '1' })
class OrdersController {
  @Get()
  list() {
    return [];
  }
}

@Module({ controllers: [OrdersController] })
class AppModule {}

const app = LambdaApplication.create(AppModule, { versioning: { type: 'path' }, accessLog: false });

afterAll(() => app.close());

test('a handler that is exported alone tells what its application is made of, with its options', () => {
  const { handler } = app;
  expect(descriptionOf(handler)?.routes).toMatchObject([{ method: 'GET', path: '/v1/orders' }]);
  expect(Object.keys(handler)).toEqual([]);
});

test('so does one that streams', () => {
  installAwsLambda();
  expect(descriptionOf(app.streamingHandler)?.routes).toHaveLength(1);
});

test('any other has nothing to tell', () => {
  expect(descriptionOf(() => undefined)).toBeUndefined();
});
