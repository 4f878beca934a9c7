import { execFileSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { KINDS } from '../../../src/cli/generate/kinds.js';
import { PROJECT, Workshop } from '../workshop.js';

jest.mock('rolldown/utils', () =>
  jest.requireActual<typeof import('../native-module.js')>('../native-module.js').nativeModule('rolldown/utils'),
);

let workshop: Workshop;

beforeEach(() => {
  workshop = new Workshop(PROJECT);
});

afterEach(() => rmSync(workshop.folder, { recursive: true }));

/** The files that a command adds. */
async function addedBy(commandLine: string, options?: { cwd: string }): Promise<string[]> {
  const before = workshop.files();
  const { exitCode, complained } = await workshop.call(commandLine, options);
  expect([exitCode, complained]).toEqual([0, '']);
  return Object.keys(workshop.files()).filter((path) => !Object.hasOwn(before, path));
}

test.each([
  ['module', 'orders/orders.module'],
  ['controller', 'orders/orders.controller'],
  ['service', 'orders/orders.service'],
  ['dto', 'dto/orders.dto'],
  ['guard', 'orders/orders.guard'],
  ['interceptor', 'orders/orders.interceptor'],
  ['pipe', 'orders/orders.pipe'],
  ['filter', 'orders/orders.filter'],
  ['consumer', 'orders/orders.consumer'],
])('a %s is src/%s.ts with a test, by its short name too', async (kind, path) => {
  const files = [`src/${path}.spec.ts`, `src/${path}.ts`];
  expect(await addedBy(`generate ${kind} orders`)).toEqual(files);
  const texts = workshop.files();

  workshop = new Workshop(PROJECT);
  expect(await addedBy(`g ${KINDS[kind]!.alias} orders`)).toEqual(files);
  expect(workshop.files()).toEqual(texts);
});

test('a resource is a folder with all of it', async () => {
  expect(await addedBy('g resource shop/categories')).toEqual([
    'src/shop/categories/categories.controller.spec.ts',
    'src/shop/categories/categories.controller.ts',
    'src/shop/categories/categories.module.ts',
    'src/shop/categories/categories.service.spec.ts',
    'src/shop/categories/categories.service.ts',
    'src/shop/categories/dto/create-category.dto.ts',
    'src/shop/categories/dto/update-category.dto.ts',
    'src/shop/categories/entities/category.entity.ts',
  ]);
  expect(workshop.read('src/app.module.ts')).toContain(
    "import { CategoriesModule } from './shop/categories/categories.module.js';\n",
  );
});

test('what was done is said, a line a file', async () => {
  const { printed } = await workshop.call('g s orders');
  expect(printed).toBe(
    'CREATE src/orders/orders.service.ts\nCREATE src/orders/orders.service.spec.ts\nUPDATE src/app.module.ts',
  );
});

describe('the module', () => {
  test.each([
    ['module', '{ imports: [OrdersModule] }'],
    ['resource', '{ imports: [OrdersModule] }'],
    ['controller', '{ controllers: [OrdersController] }'],
    ['service', '{ providers: [OrdersService] }'],
    ['consumer', '{ providers: [OrdersConsumer] }'],
    ['dto', '{}'],
    ['guard', '{}'],
    ['interceptor', '{}'],
    ['pipe', '{}'],
    ['filter', '{}'],
  ])('lists a %s as %s', async (kind, metadata) => {
    await workshop.call(`generate ${kind} orders`);
    expect(workshop.read('src/app.module.ts')).toContain(`@Module(${metadata})\n`);
  });

  test('is the nearest one, from the folder of the file up to src', async () => {
    await workshop.call('g module shop');
    await workshop.call('g module shop/orders');
    await workshop.call('g service shop/orders/orders --flat');
    await workshop.call('g service shop/prices');
    expect(workshop.read('src/app.module.ts')).toContain('@Module({ imports: [ShopModule] })');
    expect(workshop.read('src/shop/shop.module.ts')).toContain(
      '@Module({ imports: [OrdersModule], providers: [PricesService] })',
    );
    expect(workshop.read('src/shop/shop.module.ts')).toContain("from './prices/prices.service.js'");
    expect(workshop.read('src/shop/orders/orders.module.ts')).toContain(
      "import { OrdersService } from './orders.service.js';",
    );
  });

  test('is the one that --module names, from the folder of the call', async () => {
    workshop.write('src/jobs/jobs.module.ts', PROJECT['src/app.module.ts'].replace('AppModule', 'JobsModule'));
    await addedBy('g service shop/prices --module jobs.module.ts', { cwd: 'src/jobs' });
    expect(workshop.read('src/jobs/jobs.module.ts')).toContain(
      "import { PricesService } from '../shop/prices/prices.service.js';",
    );
    expect(workshop.read('src/app.module.ts')).toBe(PROJECT['src/app.module.ts']);
  });

  test('is left alone with --skip-import, and need not be there', async () => {
    rmSync(join(workshop.folder, 'src/app.module.ts'));
    expect(await addedBy('g service orders --skip-import')).toHaveLength(2);
  });

  test('is asked for where there is none', async () => {
    rmSync(join(workshop.folder, 'src/app.module.ts'));
    const { exitCode, complained } = await workshop.call('g service orders');
    expect(exitCode).toBe(1);
    expect(complained).toContain('No module (*.module.ts) in src/orders or a parent folder');
    expect(Object.keys(workshop.files())).toEqual(['package.json']);
  });

  test('is asked for where a folder has several', async () => {
    workshop.write('src/shop/a.module.ts', '');
    workshop.write('src/shop/b.module.ts', '');
    const { exitCode, complained } = await workshop.call('g service shop/orders');
    expect(exitCode).toBe(2);
    expect(complained).toBe('src/shop has several modules: a.module.ts, b.module.ts. Choose one with --module.');
  });

  test.each([
    ['src/none.module.ts', 'src/none.module.ts is not a file'],
    ['src', 'src is not a file. Pass the file of a module with --module'],
    ['../outside.module.ts', 'is outside of'],
  ])('can not be %s', async (module, message) => {
    workshop = new Workshop({ 'outside.module.ts': PROJECT['src/app.module.ts'] });
    for (const [path, text] of Object.entries(PROJECT)) workshop.write(`project/${path}`, text);
    const before = workshop.files();
    const { exitCode, complained } = await workshop.call(`g service orders --module ${module}`, { cwd: 'project' });
    expect(exitCode).toBe(1);
    expect(complained).toContain(message);
    expect(workshop.files()).toEqual(before);
  });
});

test('--flat makes no folder, and --no-spec no tests', async () => {
  expect(await addedBy('g controller orders --flat --no-spec')).toEqual(['src/orders.controller.ts']);
  expect(workshop.read('src/app.module.ts')).toContain("from './orders.controller.js'");
});

test('a call from a folder inside the project does the same as one from its root', async () => {
  workshop.write('src/deep/a.ts', '');
  expect(await addedBy('g guard auth', { cwd: 'src/deep' })).toEqual([
    'src/auth/auth.guard.spec.ts',
    'src/auth/auth.guard.ts',
  ]);
});

test('what is there already is not overwritten, and its module is not edited', async () => {
  workshop.write('src/orders/orders.controller.spec.ts', 'mine\n');
  const before = workshop.files();
  const { exitCode, printed, complained } = await workshop.call('g controller orders');
  expect([exitCode, printed]).toEqual([1, '']);
  expect(complained).toBe(
    'Nothing was written, because these files already exist:\n  src/orders/orders.controller.spec.ts\nRemove them or choose another name.',
  );
  expect(workshop.files()).toEqual(before);
});

test('where the module can not be edited, no file is written', async () => {
  workshop.write(
    'src/app.module.ts',
    "import { Module } from 'lambent';\n@Module(metadata)\nexport class AppModule {}\n",
  );
  const before = workshop.files();
  const { exitCode, complained } = await workshop.call('g resource orders');
  expect(exitCode).toBe(1);
  expect(complained).toContain('Add imports: [OrdersModule] by hand');
  expect(workshop.files()).toEqual(before);
});

test('--dry-run writes nothing and prints a diff, of which git makes the same', async () => {
  const before = workshop.files();
  const { exitCode, printed } = await workshop.call('g resource orders --dry-run');
  expect(exitCode).toBe(0);
  expect(workshop.files()).toEqual(before);
  expect(printed).toContain('+@Module({ imports: [OrdersModule] })');

  const copy = new Workshop();
  cpSync(workshop.folder, copy.folder, { recursive: true });
  execFileSync('git', ['apply', '-'], { cwd: copy.folder, input: `${printed}\n` });
  await workshop.call('g resource orders');
  expect(copy.files()).toEqual(workshop.files());
  rmSync(copy.folder, { recursive: true });
});

test('--dry-run refuses what would not be possible', async () => {
  await workshop.call('g guard auth');
  expect((await workshop.call('g guard auth --dry-run')).exitCode).toBe(1);
});

test.each([
  ['generate', 'Missing kind. Kinds:'],
  ['generate controler orders', 'Unknown kind "controler". Did you mean controller?'],
  ['generate toString orders', 'Unknown kind "toString".'],
  ['generate controller', 'Missing name. Try "lambent generate controller orders"'],
  ['generate controller ../orders', 'Invalid name "../orders"'],
  ['generate resource class', '"class" is a reserved word'],
])('lambent %s is rejected, and writes nothing', async (commandLine, message) => {
  const before = workshop.files();
  const { exitCode, complained } = await workshop.call(commandLine);
  expect(exitCode).toBe(2);
  expect(complained).toContain(message);
  expect(workshop.files()).toEqual(before);
});
