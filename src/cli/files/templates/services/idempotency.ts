import type { Service } from './service.js';

export const idempotency: Service = {
  about: 'Methods that run once, however often an event is delivered',
  packages: ['@aws-lambda-powertools/idempotency', '@aws-sdk/client-dynamodb', '@aws-sdk/lib-dynamodb'],
  folder: 'payments',
  module: ['PaymentsModule', 'payments.module'],
  lambentModule: 'IdempotencyModule',
  variables: `# The DynamoDB table that stores keys and results. Nothing is stored on your machine.
IDEMPOTENCY_TABLE=idempotency
POWERTOOLS_IDEMPOTENCY_DISABLED=true
`,
  next: [
    'Create the DynamoDB table and the SQS queue "payments", grant the function access, and set IDEMPOTENCY_TABLE.',
    'The keys of your own methods must contain everything that tells two events apart, such as the caller.',
  ],
  page: 'idempotency.md',
  files: () => ({
    'payments.module.ts': `import { Module } from 'lambent';
import { IdempotencyModule } from 'lambent/aws';
import { PaymentsConsumer } from './payments.consumer.js';

/** Makes @Idempotent work in every module. */
@Module({
  imports: [IdempotencyModule.forRoot({ tableName: process.env.IDEMPOTENCY_TABLE ?? 'idempotency' })],
  providers: [PaymentsConsumer],
})
export class PaymentsModule {}
`,
    'payments.consumer.ts': `import { IsInt, IsPositive, IsUUID } from 'class-validator';
import { getLogger, Injectable, OnSqs } from 'lambent';
import { Idempotent } from 'lambent/aws';

export class PaymentDto {
  @IsUUID()
  id!: string;

  @IsInt()
  @IsPositive()
  amount!: number;
}

@Injectable()
export class PaymentsConsumer {
  /** Charges each payment once, however often SQS delivers its message. */
  @OnSqs('payments')
  @Idempotent({ key: 'body.id' })
  async charge({ id, amount }: PaymentDto) {
    getLogger().info('A payment is charged', { id, amount });
  }
}
`,
    'payments.consumer.spec.ts': `import { events, fakeContext, Test } from 'lambent/testing';
import { PaymentsModule } from './payments.module.js';

// There is no table in tests.
process.env.POWERTOOLS_IDEMPOTENCY_DISABLED = 'true';

test('payments are charged, and only the invalid message is reported as failed', async () => {
  const app = await Test.createTestingModule({ imports: [PaymentsModule] }).compile();
  const payment = { id: '7c0f9d0e-5a0e-4c7b-9d5e-2f6f1a3b4c5d', amount: 250 };
  const event = events.sqs('payments', [payment, { amount: 250 }], (index) => ({ messageId: \`m\${index}\` }));
  expect(await app.handler(event, fakeContext())).toEqual({ batchItemFailures: [{ itemIdentifier: 'm1' }] });
  expect(app.logs.filter(({ message }) => message === 'A payment is charged')).toHaveLength(1);
  await app.close();
});
`,
  }),
};
