import type { Service } from './service.js';

export const messaging: Service = {
  about: 'Messages to queues, topics and buses, and a consumer',
  packages: ['@aws-sdk/client-sqs'],
  folder: 'mails',
  module: ['MailsModule', 'mails.module'],
  lambentModule: 'MessagingModule',
  variables: `# The URL of the SQS queue. "lambent dev" sets it for its local queue.
# MAILS_QUEUE_URL=
`,
  next: [
    'Create the SQS queue "mails", let the function send to it, and set MAILS_QUEUE_URL for the deployed function.',
    'Declare other queues, topics and buses in the same MessagingModule.forRoot.',
  ],
  page: 'messaging.md',
  files: () => ({
    'mails.module.ts': `import { Module } from 'lambent';
import { MessagingModule } from 'lambent/messaging';
import { MailDto } from './mail.dto.js';
import { MailsConsumer } from './mails.consumer.js';
import { MailsController } from './mails.controller.js';

@Module({
  imports: [MessagingModule.forRoot({ queues: { mails: MailDto } })],
  controllers: [MailsController],
  providers: [MailsConsumer],
})
export class MailsModule {}
`,
    'mail.dto.ts': `import { IsEmail, IsString, Length } from 'class-validator';

export class MailDto {
  @IsEmail()
  to!: string;

  @IsString()
  @Length(1, 100)
  subject!: string;
}
`,
    'mails.controller.ts': `import { Controller, Post } from 'lambent';
import { InjectQueue, Queue } from 'lambent/messaging';
import { MailDto } from './mail.dto.js';

@Controller('mails')
export class MailsController {
  constructor(@InjectQueue('mails') private readonly mails: Queue<MailDto>) {}

  /** Responds as soon as the queue has the message. */
  @Post('/', { status: 202 })
  async send(mail: MailDto) {
    const { messageId } = await this.mails.send(mail);
    return { messageId };
  }
}
`,
    'mails.consumer.ts': `import { getLogger, Injectable, OnSqs } from 'lambent';
import { MailDto } from './mail.dto.js';

@Injectable()
export class MailsConsumer {
  /** A message may arrive twice, and one that fails arrives again. */
  @OnSqs('mails')
  async deliver({ to, subject }: MailDto) {
    getLogger().info('A mail is sent', { to, subject });
  }
}
`,
    'mails.controller.spec.ts': `import { MessageSender } from 'lambent/messaging';
import { events, fakeContext, SentMessages, Test, type TestingApplication } from 'lambent/testing';
import { MailsModule } from './mails.module.js';

const sent = new SentMessages();
const mail = { to: 'ada@example.com', subject: 'Hello' };
let app: TestingApplication;

beforeAll(async () => {
  app = await Test.createTestingModule({ imports: [MailsModule] })
    .overrideProvider(MessageSender)
    .useValue(sent)
    .compile();
});

afterAll(() => app?.close());

test('POST /mails puts a message into the queue', async () => {
  const response = await app.inject({ method: 'POST', url: '/mails', payload: mail });
  expect(response.statusCode).toBe(202);
  expect(sent.to('mails')).toMatchObject([{ content: mail }]);
});

test('messages are delivered, and only the invalid one is reported as failed', async () => {
  const event = events.sqs('mails', [mail, { to: 'nobody' }], (index) => ({ messageId: \`m\${index}\` }));
  expect(await app.handler(event, fakeContext())).toEqual({ batchItemFailures: [{ itemIdentifier: 'm1' }] });
});
`,
  }),
};
