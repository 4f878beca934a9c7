import type { Files } from '../changes.js';
import type { ElementName } from './element-name.js';

export function consumerFiles({ kebab, pascal }: ElementName): Files {
  return {
    [`${kebab}.consumer.ts`]: `import { IsString } from 'class-validator';
import { Injectable, Logger, OnSqs } from 'lambent';

/** The body of a message. */
export class ${pascal}Message {
  @IsString()
  id!: string;
}

@Injectable()
export class ${pascal}Consumer {
  constructor(private readonly logger: Logger) {}

  @OnSqs('${kebab}')
  handle(message: ${pascal}Message): void {
    this.logger.info('Received', { message: message.id });
  }
}
`,
    [`${kebab}.consumer.spec.ts`]: `\
import { events, fakeContext, Test, type TestingApplication } from 'lambent/testing';
import { ${pascal}Consumer } from './${kebab}.consumer.js';

let app: TestingApplication;

beforeAll(async () => {
  app = await Test.createTestingModule({ providers: [${pascal}Consumer] }).compile();
});

afterAll(() => app?.close());

test('only the invalid message is reported as failed', async () => {
  const contents = [{ id: 'm1' }, { id: 2 }];
  const messages = events.sqs('${kebab}', contents, (index) => ({ messageId: \`message-\${index}\` }));
  const result = await app.handler(messages, fakeContext());
  expect(result).toEqual({ batchItemFailures: [{ itemIdentifier: 'message-1' }] });
  expect(app.logs).toContainEqual(expect.objectContaining({ message: 'Received', id: 'message-0' }));
});
`,
  };
}
