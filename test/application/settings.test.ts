import { LambdaApplication } from '../../src/application/lambda-application.js';
import { AwsModule } from '../../src/aws/aws-module.js';
import { Module } from '../../src/decorators/module.js';

class FakeClient {
  constructor(readonly config: { requestHandler: { connectionTimeout: number } }) {}
  destroy(): void {}
}

test('settings that are overridden reach the AWS clients that the application makes', async () => {
  @Module({ imports: [AwsModule.forRoot({ clients: [FakeClient] })] })
  class AppModule {}
  const app = await LambdaApplication.create(AppModule, { settings: { CONNECTION_TIMEOUT: 1.5 } }).ready();
  expect(app.get(FakeClient).config.requestHandler.connectionTimeout).toBe(1500);
  await app.close();
});
