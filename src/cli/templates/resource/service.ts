import type { ElementName } from '../element-name.js';

export function serviceText({ pascal, singular: { kebab, pascal: one } }: ElementName): string {
  return `import { randomUUID } from 'node:crypto';
import { Injectable, NotFoundException } from 'lambent';
import type { Create${one}Dto } from './dto/create-${kebab}.dto.js';
import type { Update${one}Dto } from './dto/update-${kebab}.dto.js';
import type { ${one}Entity } from './entities/${kebab}.entity.js';

/** Keeps them in memory, of which each execution environment of Lambda has its own: put a table in its place. */
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
    if (!entity) throw new NotFoundException(\`There is no ${kebab} \${id}\`);
    return entity;
  }

  update(id: string, changes: Update${one}Dto): ${one}Entity {
    // Members that were left out may be there as undefined, depending on the compiler.
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

export function serviceSpecText({ kebab, pascal, singular }: ElementName): string {
  return `import { ${pascal}Service } from './${kebab}.service.js';

let service: ${pascal}Service;

beforeEach(() => {
  service = new ${pascal}Service();
});

test('what was created is found again', () => {
  const created = service.create({ name: 'first' });
  expect(service.findOne(created.id)).toEqual({ id: created.id, name: 'first' });
  expect(service.findAll()).toEqual([created]);
});

test('an update changes what it names', () => {
  const { id } = service.create({ name: 'first', description: 'kept' });
  expect(service.update(id, { name: 'second' })).toEqual({ id, name: 'second', description: 'kept' });
});

test('what was removed is gone', () => {
  const { id } = service.create({ name: 'first' });
  service.remove(id);
  expect(service.findAll()).toEqual([]);
  expect(() => service.findOne(id)).toThrow(\`There is no ${singular.kebab} \${id}\`);
});
`;
}
