/** What a newcomer writes first; the same text is compiled as an ES module, as CommonJS, for a bundler and by Jest. */
export const APP = `
import 'reflect-metadata';
import { Controller, Get, HttpException, Injectable, LambdaApplication, Module, Param } from 'lambent';

@Injectable()
class Greetings {
  of(name: string): { hello: string } {
    if (name === 'nobody') throw new HttpException(404, 'nobody is here');
    return { hello: name };
  }
}

@Controller('/hello')
class HelloController {
  constructor(private readonly greetings: Greetings) {}

  @Get('/:name')
  greet(@Param('name') name: string): { hello: string } {
    return this.greetings.of(name);
  }
}

@Module({ controllers: [HelloController], providers: [Greetings] })
class AppModule {}

export const { handler } = LambdaApplication.create(AppModule, { accessLog: false });

type IsAny<T> = 0 extends 1 & T ? true : false;
export const typed: [IsAny<HttpException>, IsAny<typeof handler>] = [false, false];
`;

/** Imports every entry, so that each must have types for the kind of module at hand. */
export function importsOf(entries: readonly string[]): string {
  const imports = entries.map((entry, index) => `import * as entry${index} from '${entry}';`);
  return `${imports.join('\n')}\nexport const all: object[] = [${entries.map((_, index) => `entry${index}`).join(', ')}];\n`;
}

/** A GET of \`path\` in API Gateway's payload 2.0, written out, so that this test stands on nothing of ours. */
export const INVOKE = `
exports.get = async (handler, path) => {
  const http = { method: 'GET', path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'test' };
  const event = {
    version: '2.0', routeKey: '$default', rawPath: path, rawQueryString: '', headers: {}, isBase64Encoded: false,
    requestContext: { http, accountId: '1', apiId: 'a', domainName: 'a.test', domainPrefix: 'a', requestId: 'r',
      routeKey: '$default', stage: '$default', time: '01/Jan/2026:00:00:00 +0000', timeEpoch: 1767225600000 },
  };
  const context = { awsRequestId: 'r', functionName: 'f', getRemainingTimeInMillis: () => 3000 };
  const { statusCode, body } = await handler(event, context);
  return { statusCode, body: JSON.parse(body) };
};
`;

export const JEST_TEST = `
import { NotFoundException } from 'lambent';
import { handler } from './app';
const { get } = require('./invoke.cjs');

test('answers', async () => {
  expect(await get(handler, '/hello/ada')).toEqual({ statusCode: 200, body: { hello: 'ada' } });
});

test('errors keep their class', () => {
  expect(() => { throw new NotFoundException(); }).toThrow(NotFoundException);
});
`;

/** The settings that the documentation tells a user of Jest to take. */
export function jestConfig(transformer: string): string {
  const jsc = {
    target: 'es2022',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true },
  };
  return JSON.stringify({ testEnvironment: 'node', transform: { '^.+\\.ts$': [transformer, { jsc }] } });
}

/** The strictest settings for declarations: our own, and those they import, are checked in full. */
export function tsconfig(
  module: string,
  moduleResolution: string,
  files: readonly string[],
  others: object = {},
): string {
  const compilerOptions = {
    target: 'es2022',
    lib: ['es2023', 'esnext.disposable'],
    module,
    moduleResolution,
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: false,
    experimentalDecorators: true,
    emitDecoratorMetadata: true,
    types: ['node'],
    outDir: 'out',
    rootDir: '.',
    ...others,
  };
  return JSON.stringify({ compilerOptions, files });
}
