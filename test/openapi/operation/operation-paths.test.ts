import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import { LambdaApplication } from '../../../src/application/lambda-application.js';
import { ApiParam } from '../../../src/decorators/api-nestjs.js';
import { ApiOperation } from '../../../src/decorators/api.js';
import { Param } from '../../../src/decorators/parameters.js';
import { All, Controller, Get, Post } from '../../../src/decorators/routes.js';
import { BootstrapError } from '../../../src/errors/bootstrap-error.js';
import type { OpenApiDocument, OperationObject, ParameterObject } from '../../../src/openapi/openapi-document.js';
import { sentence } from '../../../src/openapi/operation/operation-names.js';
import type { Constructor } from '../../../src/shared/types.js';
import { Test } from '../../../src/testing/index.js';
import { documentOf, moduleOf } from '../documented.js';

const SEGMENTS = [
  'a',
  'b.c',
  ':x',
  ':y?',
  ':z?',
  ':n(\\d+)',
  ':m(\\d+)?',
  ':w([a-z]+)?',
  'v:q',
  ':s.:t',
  ':rest',
  '{o-p}',
];
const ENDINGS = [[], ['*'], ['*rest'], ['*tail?'], ['*?'], ['{proxy+}']];

const pattern = fc
  .tuple(fc.uniqueArray(fc.constantFrom(...SEGMENTS), { maxLength: 4 }), fc.constantFrom(...ENDINGS))
  .filter(([segments, ending]) => !(segments.includes(':rest') && ending[0] === '*rest'))
  .map(([segments, ending]) => [...segments, ...ending].join('/'));

const method = fc.record({
  key: fc.constantFrom('read', 'readGet', 'readPost', 'get', 'readGetA'),
  decorate: fc.constantFrom(Get, Post, All),
  pattern,
  operationId: fc.option(fc.constantFrom('read', 'thingsRead', 'thingsReadGet', 'one'), { nil: undefined }),
});
type Method = typeof method extends fc.Arbitrary<infer T> ? T : never;

/** Returns a controller whose methods tell their names and parameters. */
function controllerOf(methods: readonly Method[]): Constructor {
  class ThingsController {}
  for (const { key, decorate, pattern: path, operationId } of methods) {
    const value = (params: unknown) => ({ key, params });
    const descriptor = { value, writable: true, configurable: true };
    Object.defineProperty(ThingsController.prototype, key, descriptor);
    Param()(ThingsController.prototype, key, 0);
    Reflect.defineMetadata('design:paramtypes', [Object], ThingsController.prototype, key);
    decorate(path)(ThingsController.prototype, key, descriptor);
    if (operationId !== undefined) ApiOperation({ operationId })(ThingsController.prototype, key, descriptor);
  }
  Controller('things')(ThingsController);
  return ThingsController;
}

/** Leaves out methods that contradict each other: not every combination is an application, or fits into a document. */
function documentWhereOneIs(controller: Constructor): OpenApiDocument {
  try {
    LambdaApplication.describe(moduleOf({ controllers: [controller] }));
    return documentOf([controller]);
  } catch (error) {
    if (error instanceof BootstrapError && !/(\S+) \(.*\) and \1 \(/.test(error.message)) fc.pre(false);
    throw error;
  }
}

function operationsOf({ paths }: OpenApiDocument): [path: string, verb: string, operation: OperationObject][] {
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([verb, operation]) => [path, verb, operation] as [string, string, OperationObject]),
  );
}

/** Returns all choices of values that the schemas of the parameters take. */
function valuesOf(parameters: readonly ParameterObject[] = []): Map<string, string>[] {
  let all = [new Map<string, string>()];
  for (const { name, schema } of parameters) {
    const values = ['xy', '7'].filter((value) => new RegExp(schema.pattern ?? '').test(value));
    all = all.flatMap((before) => values.map((value) => new Map([...before, [name, value]])));
  }
  return all;
}

function filled(path: string, values: ReadonlyMap<string, string>): string {
  return path.replace(/\{([^{}]*)\}/g, (_, name: string) => values.get(name)!);
}

const documents: string[] = [];

test('each operation of a document is what requests to its path reach', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(method, { selector: ({ key }) => key, minLength: 1, maxLength: 3 }),
      async (methods) => {
        const controller = controllerOf(methods);
        const document = documentWhereOneIs(controller);
        documents.push(JSON.stringify(document));
        const app = await Test.createTestingModule({ controllers: [controller] }).compile();
        for (const [path, verb, { parameters = [], operationId }] of operationsOf(document)) {
          expect(parameters.map(({ name }) => `{${name}}`)).toEqual(path.match(/\{[^{}]*\}/g) ?? []);
          const ask = async (values: ReadonlyMap<string, string>) => {
            const answer = await app.inject({ method: verb.toUpperCase(), url: filled(path, values) });
            if (answer.statusCode !== 200 || verb === 'head') return answer.statusCode;
            const { params } = answer.json() as { params: Record<string, string> };
            // With more methods, a more specific route may take some of the values. A wildcard may take several.
            if (methods.length === 1) expect(Object.values(params).join('/')).toBe([...values.values()].join('/'));
            return answer.statusCode;
          };
          const statuses = await Promise.all(valuesOf(parameters).map(ask));
          // Paths that differ only in names are one, and its parameters may have the values of both.
          expect([operationId, statuses]).toEqual([operationId, expect.arrayContaining([200])]);
        }
        await app.close();
      },
    ),
    { numRuns: 60 },
  );
});

test("Redocly's linter finds no errors in these documents", () => {
  const input = `[${documents.join(',')}]`;
  const texts = JSON.stringify((JSON.parse(input) as unknown[]).map((document) => JSON.stringify(document)));
  const script = join(__dirname, '..', 'lint-document.mjs');
  const told = JSON.parse(
    execFileSync(process.execPath, [script], { input: texts, encoding: 'utf8', maxBuffer: 2 ** 28 }),
  ) as { severity: string; ruleId: string }[][];
  const errors = told.flat().filter(({ severity, ruleId }) => severity === 'error' && ruleId !== 'security-defined');
  expect(errors).toEqual([]);
});

test('ids are unique, and a method keeps its own whatever other methods there are', () => {
  fc.assert(
    fc.property(fc.uniqueArray(method, { selector: ({ key }) => key, minLength: 1, maxLength: 4 }), (methods) => {
      const operations = operationsOf(documentWhereOneIs(controllerOf(methods)));
      const isDescribed = (key: string) => operations.some(([, , { summary }]) => summary === sentence(key));
      const ids = operations.map(([, , { operationId }]) => operationId);
      expect(new Set(ids).size).toBe(ids.length);
      const declared: string[] = methods.flatMap(({ operationId }) => operationId ?? []);
      for (const { key, operationId } of methods) {
        const own = operationId ?? `things${key.charAt(0).toUpperCase()}${key.slice(1)}`;
        const isTaken = operationId === undefined && declared.includes(own);
        if (!isTaken && isDescribed(key)) expect(ids).toContain(own);
      }
    }),
    { numRuns: 200 },
  );
});

test('paths of one route that differ only in names are one, with the values of both', () => {
  @Controller('shelves')
  class Shelves {
    @Get(':from(\\d+)?/:to([a-z]+)?') list() {}
    @Post(':from(\\d+)?/:to?') move() {}
  }
  const { paths } = documentOf([Shelves]);
  expect(Object.keys(paths)).toEqual(['/shelves/{from}/{to}', '/shelves/{from}', '/shelves']);
  const from = { name: 'from', in: 'path', required: true };
  expect(paths['/shelves/{from}']).toMatchObject({
    get: { parameters: [{ ...from, schema: { type: 'string', pattern: '^(?:\\d+)$|^(?:[a-z]+)$' } }] },
    post: { parameters: [{ ...from, schema: { type: 'string' } }] },
  });
});

test('@ApiParam names a wildcard as @Param does, or as the document does', () => {
  @Controller('files')
  class Files {
    @ApiParam({ name: '*', description: 'The file.' }) @Get(':rest/*') read() {}
    @ApiParam({ name: 'rest', description: 'The new file.' }) @Post('*') write() {}
  }
  const { paths } = documentOf([Files]);
  expect(paths['/files/{rest}/{rest2}']!.get!.parameters).toMatchObject([
    { name: 'rest', schema: { type: 'string' } },
    { name: 'rest2', description: 'The file.' },
  ]);
  expect(paths['/files/{rest}']!.post!.parameters).toMatchObject([{ name: 'rest', description: 'The new file.' }]);
});
