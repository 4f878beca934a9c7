import type { ElementName } from '../element-name.js';

export function controllerText({ kebab, pascal, singular: { kebab: oneKebab, pascal: one } }: ElementName): string {
  return `import { Controller, Delete, Get, Param, ParseUUIDPipe, Patch, Post } from 'lambent';
import { Create${one}Dto } from './dto/create-${oneKebab}.dto.js';
import { Update${one}Dto } from './dto/update-${oneKebab}.dto.js';
import { ${one}Entity } from './entities/${oneKebab}.entity.js';
import { ${pascal}Service } from './${kebab}.service.js';

@Controller('${kebab}')
export class ${pascal}Controller {
  constructor(private readonly service: ${pascal}Service) {}

  @Post('/', { status: 201 })
  create(input: Create${one}Dto): ${one}Entity {
    return this.service.create(input);
  }

  @Get()
  findAll(): ${one}Entity[] {
    return this.service.findAll();
  }

  @Get(':id')
  findOne(@Param('id', ParseUUIDPipe) id: string): ${one}Entity {
    return this.service.findOne(id);
  }

  @Patch(':id')
  update(@Param('id', ParseUUIDPipe) id: string, changes: Update${one}Dto): ${one}Entity {
    return this.service.update(id, changes);
  }

  @Delete(':id')
  remove(@Param('id', ParseUUIDPipe) id: string): void {
    this.service.remove(id);
  }
}
`;
}

export function controllerSpecText({ kebab, pascal, singular }: ElementName): string {
  return `import { Test, type TestingApplication } from 'lambent/testing';
import type { ${singular.pascal}Entity } from './entities/${singular.kebab}.entity.js';
import { ${pascal}Module } from './${kebab}.module.js';

let app: TestingApplication;

beforeEach(async () => {
  app = await Test.createTestingModule({ imports: [${pascal}Module] }).compile();
});

afterEach(() => app.close());

async function create(): Promise<${singular.pascal}Entity> {
  const answer = await app.inject({ method: 'POST', url: '/${kebab}', payload: { name: 'first' } });
  expect(answer.statusCode).toBe(201);
  return answer.json<${singular.pascal}Entity>();
}

test('what was created is found again, alone and in the list', async () => {
  const created = await create();
  expect(created.name).toBe('first');
  expect((await app.inject({ url: \`/${kebab}/\${created.id}\` })).json()).toEqual(created);
  expect((await app.inject({ url: '/${kebab}' })).json()).toEqual([created]);
});

test('a part of it can be changed', async () => {
  const { id } = await create();
  const answer = await app.inject({ method: 'PATCH', url: \`/${kebab}/\${id}\`, payload: { description: 'changed' } });
  expect(answer.json()).toEqual({ id, name: 'first', description: 'changed' });
});

test('what was removed is 404', async () => {
  const { id } = await create();
  expect((await app.inject({ method: 'DELETE', url: \`/${kebab}/\${id}\` })).statusCode).toBe(204);
  expect((await app.inject({ url: \`/${kebab}/\${id}\` })).statusCode).toBe(404);
});

test('input that is not valid is refused', async () => {
  const nameless = await app.inject({ method: 'POST', url: '/${kebab}', payload: {} });
  expect(nameless.statusCode).toBe(422);
  expect(nameless.json()).toMatchObject({ detail: [{ loc: ['body', 'name'] }, { loc: ['body', 'name'] }] });

  const { id } = await create();
  expect((await app.inject({ method: 'PATCH', url: \`/${kebab}/\${id}\`, payload: { name: null } })).statusCode).toBe(422);
  expect((await app.inject({ url: '/${kebab}/seven' })).statusCode).not.toBe(200);
});
`;
}
