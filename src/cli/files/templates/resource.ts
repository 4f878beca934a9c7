import type { Files } from '../changes.js';
import type { ElementName } from './element-name.js';

/** A CRUD resource that is kept in memory. */
export function resourceFiles(name: ElementName): Files {
  const { kebab, singular } = name;
  return {
    [`${kebab}.module.ts`]: moduleText(name),
    [`${kebab}.controller.ts`]: controllerText(name),
    [`${kebab}.controller.spec.ts`]: controllerSpecText(name),
    [`${kebab}.service.ts`]: serviceText(name),
    [`${kebab}.service.spec.ts`]: serviceSpecText(name),
    [`dto/create-${singular.kebab}.dto.ts`]: createDtoText(name),
    [`dto/update-${singular.kebab}.dto.ts`]: updateDtoText(name),
    [`entities/${singular.kebab}.entity.ts`]: entityText(name),
  };
}

function moduleText({ kebab, pascal }: ElementName): string {
  return `import { Module } from 'lambent';
import { ${pascal}Controller } from './${kebab}.controller.js';
import { ${pascal}Service } from './${kebab}.service.js';

@Module({
  controllers: [${pascal}Controller],
  providers: [${pascal}Service],
  exports: [${pascal}Service],
})
export class ${pascal}Module {}
`;
}

function controllerText({ kebab, pascal, singular: { kebab: oneKebab, pascal: one } }: ElementName): string {
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
  ${updateText(one)} {
    return this.service.update(id, changes);
  }

  @Delete(':id')
  remove(@Param('id', ParseUUIDPipe) id: string): void {
    this.service.remove(id);
  }
}
`;
}

/** The longest line of the template, which the formatter breaks for a long name. */
function updateText(one: string): string {
  const parameters = ["@Param('id', ParseUUIDPipe) id: string", `changes: Update${one}Dto`];
  const line = `update(${parameters.join(', ')}): ${one}Entity`;
  const fits = `  ${line} {`.length <= 120;
  return fits ? line : `update(\n${parameters.map((each) => `    ${each},\n`).join('')}  ): ${one}Entity`;
}

function controllerSpecText({ kebab, pascal, singular }: ElementName): string {
  return `import { Test, type TestingApplication } from 'lambent/testing';
import type { ${singular.pascal}Entity } from './entities/${singular.kebab}.entity.js';
import { ${pascal}Module } from './${kebab}.module.js';

let app: TestingApplication;

beforeEach(async () => {
  app = await Test.createTestingModule({ imports: [${pascal}Module] }).compile();
});

afterEach(() => app?.close());

async function create(): Promise<${singular.pascal}Entity> {
  const payload = { name: 'first' };
  const response = await app.inject({ method: 'POST', url: '/${kebab}', payload });
  expect(response.statusCode).toBe(201);
  return response.json<${singular.pascal}Entity>();
}

test('a created entity is found by id and in the list', async () => {
  const created = await create();
  expect(created.name).toBe('first');
  expect((await app.inject({ url: \`/${kebab}/\${created.id}\` })).json()).toEqual(created);
  expect((await app.inject({ url: '/${kebab}' })).json()).toEqual([created]);
});

test('a part of an entity can be updated', async () => {
  const { id } = await create();
  const url = \`/${kebab}/\${id}\`;
  const response = await app.inject({ method: 'PATCH', url, payload: { description: 'changed' } });
  expect(response.json()).toEqual({ id, name: 'first', description: 'changed' });
});

test('a deleted entity is not found', async () => {
  const { id } = await create();
  expect((await app.inject({ method: 'DELETE', url: \`/${kebab}/\${id}\` })).statusCode).toBe(204);
  expect((await app.inject({ url: \`/${kebab}/\${id}\` })).statusCode).toBe(404);
});

test('invalid input is rejected', async () => {
  const nameless = await app.inject({ method: 'POST', url: '/${kebab}', payload: {} });
  expect(nameless.statusCode).toBe(422);
  expect(nameless.json()).toMatchObject({ detail: [{ loc: ['body', 'name'] }, { loc: ['body', 'name'] }] });

  const { id } = await create();
  const url = \`/${kebab}/\${id}\`;
  expect((await app.inject({ method: 'PATCH', url, payload: { name: null } })).statusCode).toBe(422);
  expect((await app.inject({ url: '/${kebab}/seven' })).statusCode).not.toBe(200);
});
`;
}

function serviceText({ pascal, singular: { kebab, pascal: one } }: ElementName): string {
  return `import { randomUUID } from 'node:crypto';
import { Injectable, NotFoundException } from 'lambent';
import type { Create${one}Dto } from './dto/create-${kebab}.dto.js';
import type { Update${one}Dto } from './dto/update-${kebab}.dto.js';
import type { ${one}Entity } from './entities/${kebab}.entity.js';

/** Keeps entities in memory. Replace it with a database: each Lambda execution environment has its own memory. */
@Injectable()
export class ${pascal}Service {
  private readonly entities = new Map<string, ${one}Entity>();

  create(input: Create${one}Dto): ${one}Entity {
    const entity = { ...input, id: randomUUID() };
    this.entities.set(entity.id, entity);
    return entity;
  }

  findAll(): ${one}Entity[] {
    return [...this.entities.values()];
  }

  findOne(id: string): ${one}Entity {
    const entity = this.entities.get(id);
    if (!entity) throw new NotFoundException(\`Unknown ${kebab} \${id}\`);
    return entity;
  }

  update(id: string, changes: Update${one}Dto): ${one}Entity {
    // Some compilers define omitted properties as undefined.
    const given = Object.entries(changes).filter(([, value]) => value !== undefined);
    const entity = { ...this.findOne(id), ...Object.fromEntries(given) };
    this.entities.set(id, entity);
    return entity;
  }

  remove(id: string): void {
    this.findOne(id);
    this.entities.delete(id);
  }
}
`;
}

function serviceSpecText({ kebab, pascal, singular }: ElementName): string {
  return `import { ${pascal}Service } from './${kebab}.service.js';

let service: ${pascal}Service;

beforeEach(() => {
  service = new ${pascal}Service();
});

test('a created entity is found', () => {
  const created = service.create({ name: 'first' });
  expect(service.findOne(created.id)).toEqual({ id: created.id, name: 'first' });
  expect(service.findAll()).toEqual([created]);
});

test('an update changes only the given properties', () => {
  const { id } = service.create({ name: 'first', description: 'kept' });
  expect(service.update(id, { name: 'second' })).toEqual({ id, name: 'second', description: 'kept' });
});

test('a deleted entity is not found', () => {
  const { id } = service.create({ name: 'first' });
  service.remove(id);
  expect(service.findAll()).toEqual([]);
  expect(() => service.findOne(id)).toThrow(\`Unknown ${singular.kebab} \${id}\`);
});
`;
}

function createDtoText({ singular }: ElementName): string {
  return `import { IsOptional, IsString, Length, MaxLength } from 'class-validator';

export class Create${singular.pascal}Dto {
  @IsString()
  @Length(1, 100)
  name!: string;

  @IsOptional()
  @IsString()
  @MaxLength(1000)
  description?: string;
}
`;
}

/** Has the properties of the create DTO, all optional. */
function updateDtoText({ singular }: ElementName): string {
  return `import { IsOptional, IsString, Length, MaxLength, ValidateIf } from 'class-validator';

export class Update${singular.pascal}Dto {
  // May be omitted, but not null.
  @ValidateIf((_dto, name) => name !== undefined)
  @IsString()
  @Length(1, 100)
  name?: string;

  @IsOptional()
  @IsString()
  @MaxLength(1000)
  description?: string;
}
`;
}

/** The class ends in `Entity`, so that it does not collide with lambent's `Post` or `Event`. */
function entityText({ singular }: ElementName): string {
  return `import { IsUUID } from 'class-validator';
import { Create${singular.pascal}Dto } from '../dto/create-${singular.kebab}.dto.js';

export class ${singular.pascal}Entity extends Create${singular.pascal}Dto {
  @IsUUID()
  id!: string;
}
`;
}
