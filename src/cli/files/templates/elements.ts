import type { Files } from '../changes.js';
import type { ElementName } from './element-name.js';

export function moduleFiles({ kebab, pascal }: ElementName): Files {
  return {
    [`${kebab}.module.ts`]: `import { Module } from 'lambent';

@Module({})
export class ${pascal}Module {}
`,
    [`${kebab}.module.spec.ts`]: `import { Test } from 'lambent/testing';
import { ${pascal}Module } from './${kebab}.module.js';

test('the module bootstraps', async () => {
  const app = await Test.createTestingModule({ imports: [${pascal}Module] }).compile();
  expect(app.get(${pascal}Module)).toBeInstanceOf(${pascal}Module);
  await app.close();
});
`,
  };
}

export function controllerFiles({ kebab, pascal }: ElementName): Files {
  return {
    [`${kebab}.controller.ts`]: `import { Controller, Get } from 'lambent';

@Controller('${kebab}')
export class ${pascal}Controller {
  @Get()
  list(): string[] {
    return [];
  }
}
`,
    [`${kebab}.controller.spec.ts`]: `import { Test, type TestingApplication } from 'lambent/testing';
import { ${pascal}Controller } from './${kebab}.controller.js';

let app: TestingApplication;

beforeAll(async () => {
  app = await Test.createTestingModule({ controllers: [${pascal}Controller] }).compile();
});

afterAll(() => app?.close());

test('GET /${kebab} returns an empty list', async () => {
  const response = await app.inject({ url: '/${kebab}' });
  expect(response.statusCode).toBe(200);
  expect(response.json()).toEqual([]);
});
`,
  };
}

export function serviceFiles({ kebab, pascal }: ElementName): Files {
  return {
    [`${kebab}.service.ts`]: `import { Injectable } from 'lambent';

@Injectable()
export class ${pascal}Service {
  list(): string[] {
    return [];
  }
}
`,
    [`${kebab}.service.spec.ts`]: `import { ${pascal}Service } from './${kebab}.service.js';

test('the list is empty', () => {
  expect(new ${pascal}Service().list()).toEqual([]);
});
`,
  };
}

export function dtoFiles({ kebab, pascal }: ElementName): Files {
  return {
    [`${kebab}.dto.ts`]: `import { IsString, Length } from 'class-validator';

export class ${pascal}Dto {
  @IsString()
  @Length(1, 100)
  name!: string;
}
`,
    [`${kebab}.dto.spec.ts`]: `import { validateSync } from 'class-validator';
import { ${pascal}Dto } from './${kebab}.dto.js';

function invalidProperties(input: object): string[] {
  return validateSync(Object.assign(new ${pascal}Dto(), input)).map(({ property }) => property);
}

test('a name is valid', () => {
  expect(invalidProperties({ name: 'a name' })).toEqual([]);
});

test.each([[{}], [{ name: '' }], [{ name: 7 }], [{ name: 'x'.repeat(101) }]])('%j has an invalid name', (input) => {
  expect(invalidProperties(input)).toEqual(['name']);
});
`,
  };
}

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
