import { cpSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { App, CfnParameter, Duration, Stack, Stage } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { Architecture, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { LambentFunction, type LambentFunctionProps } from '../../src/cdk/lambent-function.js';
import { createShop, newStack, propertiesOf } from './shop.js';

let folder: string;

beforeAll(() => {
  folder = createShop();
});

afterAll(() => rmSync(folder, { recursive: true }));

const source = (path: string): string => join(folder, 'src', path);

function functionOf(stack: Stack, props: LambentFunctionProps = {}, id = 'Orders'): LambentFunction {
  return new LambentFunction(stack, id, {
    entry: source('handler.ts'),
    module: source('app.module.ts#ApiModule'),
    ...props,
  });
}

function lambdaOf(stack: Stack): Record<string, unknown> {
  return propertiesOf(stack, 'AWS::Lambda::Function').find(({ Handler }) =>
    /^handler\.|^index\./.test(Handler as string),
  )!;
}

/** Files of the synthesised assets that are folders of bundles, by folder. */
function bundlesOf(stack: Stack): string[][] {
  const { outdir } = Stage.of(stack)!;
  const assets = readdirSync(outdir).filter((name) => name.startsWith('asset.'));
  return assets.map((asset) => readdirSync(join(outdir, asset)).toSorted());
}

describe('a function', () => {
  test('has settings that suit, and gives up before it is given up', () => {
    const stack = newStack(join(folder, 'cdk.out'));
    functionOf(stack);
    expect(lambdaOf(stack)).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      MemorySize: 1024,
      Timeout: 29,
      Handler: 'handler.handler',
      Environment: { Variables: { FUNCTION_TIMEOUT: '28' } },
    });
    expect(lambdaOf(stack)).not.toHaveProperty('LoggingConfig');
  });

  test('takes whatever lambda.Function takes', () => {
    const stack = newStack(join(folder, 'cdk.out'));
    functionOf(stack, {
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.X86_64,
      memorySize: 512,
      timeout: Duration.seconds(3),
      tracing: Tracing.ACTIVE,
      handler: 'streamingHandler',
      environment: { LOG_LEVEL: 'debug' },
    });
    expect(lambdaOf(stack)).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['x86_64'],
      MemorySize: 512,
      Timeout: 3,
      TracingConfig: { Mode: 'Active' },
      Handler: 'handler.streamingHandler',
      Environment: { Variables: { FUNCTION_TIMEOUT: '2', LOG_LEVEL: 'debug' } },
    });
  });

  test.each([
    [{ timeout: Duration.seconds(1) }, '0.8'],
    [{ timeout: Duration.minutes(15) }, '899'],
    [{ environment: { FUNCTION_TIMEOUT: '5' } }, '5'],
  ])('with %j has another timeout of the application', (props, seconds) => {
    const stack = newStack(join(folder, 'cdk.out'));
    functionOf(stack, props);
    expect(lambdaOf(stack)).toMatchObject({ Environment: { Variables: { FUNCTION_TIMEOUT: seconds } } });
  });
});

test('a timeout that the template is to be told leaves the application to what an invocation has left', () => {
  const stack = newStack(join(folder, 'cdk.out'));
  const { valueAsNumber } = new CfnParameter(stack, 'Seconds', { type: 'Number' });
  functionOf(stack, { timeout: Duration.seconds(valueAsNumber), environment: { LOG_LEVEL: 'debug' } });
  expect(lambdaOf(stack)).toMatchObject({
    Timeout: { Ref: 'Seconds' },
    Environment: { Variables: { LOG_LEVEL: 'debug' } },
  });
  expect(JSON.stringify(lambdaOf(stack))).not.toContain('FUNCTION_TIMEOUT');
});

test('a source with dots in its name is deployed under one that Lambda finds', () => {
  cpSync(source('handler.ts'), source('orders.handler.ts'));
  const stack = newStack();
  functionOf(stack, { entry: source('orders.handler.ts') });
  expect(propertiesOf(stack, 'AWS::Lambda::Function')).toEqual([
    expect.objectContaining({ Handler: 'orders-handler.handler' }),
  ]);
  expect(bundlesOf(stack)).toEqual([expect.arrayContaining(['orders-handler.mjs'])]);
});

describe('the asset', () => {
  test('holds the bundle, and no source maps', () => {
    const stack = newStack();
    functionOf(stack);
    const [bundle] = bundlesOf(stack);
    expect(bundle).toContain('handler.mjs');
    expect(bundle!.filter((name) => name.endsWith('.map'))).toEqual([]);
    const { outdir } = Stage.of(stack)!;
    const maps = readdirSync(outdir).find((name) => /^bundle-\w+-maps$/.test(name))!;
    expect(readdirSync(join(outdir, maps))).toContain('handler.mjs.map');
  });

  test('has the same hash wherever it is synthesised, and is one for functions of one source', () => {
    const [first, second] = [newStack(), newStack()];
    functionOf(first);
    functionOf(second);
    functionOf(second, {}, 'Twin');
    expect(lambdaOf(first)['Code']).toEqual(lambdaOf(second)['Code']);
    expect(bundlesOf(second)).toHaveLength(1);
  });

  test('is built as the bundling says', () => {
    const stack = newStack();
    functionOf(stack, {
      bundling: {
        format: 'esm',
        minify: false,
        sourcemaps: 'inside',
        external: ['tsyringe'],
        runtimeSdk: true,
        budget: 1,
      },
    });
    expect(bundlesOf(stack)[0]).toContain('handler.mjs.map');
    expect(lambdaOf(stack)).toMatchObject({ Environment: { Variables: { NODE_OPTIONS: '--enable-source-maps' } } });
    expect(JSON.stringify(Annotations.fromStack(stack).findWarning('*', Match.anyValue()))).toContain(
      'over the budget of 1 kB',
    );
  });

  test('is put into a folder that is told from where the app runs, as the cdk command tells it', () => {
    const stack = newStack(relative(process.cwd(), join(folder, 'cdk.relative')));
    functionOf(stack);
    expect(bundlesOf(stack)[0]).toContain('handler.mjs');
    expect(readdirSync(folder)).toContain('cdk.relative');
  });

  test('is not built for a stack that is not deployed', () => {
    const stack = new Stack(new App({ context: { 'aws:cdk:bundling-stacks': [] } }), 'Shop');
    functionOf(stack);
    expect(bundlesOf(stack)).toEqual([]);
    expect(lambdaOf(stack)).toMatchObject({ Code: { ZipFile: expect.anything() } });
  });
});

test('stages of an app share a bundle', () => {
  const app = new App();
  const stacks = ['Dev', 'Prod'].map((name) => new Stack(new Stage(app, name), 'Shop'));
  for (const stack of stacks) functionOf(stack);
  expect(readdirSync(app.outdir).filter((name) => /^bundle-\w+$/.test(name))).toHaveLength(1);
  expect(lambdaOf(stacks[0]!)['Code']).toEqual(lambdaOf(stacks[1]!)['Code']);
});

describe('the application', () => {
  test('is described by its decorators', () => {
    const { application } = functionOf(newStack(join(folder, 'cdk.out')));
    expect(application.routes).toContainEqual({
      method: 'GET',
      path: '/orders/:id',
      handler: 'OrdersController.find',
      module: 'ApiModule',
      guarded: false,
    });
    expect(application.consumers).toEqual([]);
  });

  test('asks for the resources of its consumers, each by its method', () => {
    const message =
      /The sources of these consumers of [^]*Everything\.ship \(sqs, queue "orders"\)[^]*Everything\.say \(websocket, route "say"\)/;
    expect(() => functionOf(newStack(join(folder, 'cdk.out')), { module: source('app.module.ts') })).toThrow(message);
  });

  test('is told with its options', () => {
    writeFileSync(
      source('versions.ts'),
      `import { Controller, Get, Module } from 'lambent';
       @Controller({ path: 'old', version: '1' }) class OldController { @Get() read() { return 1; } }
       @Module({ controllers: [OldController] }) export class VersionsModule {}
       export const options = { versioning: { type: 'path' } };`,
    );
    const { application } = functionOf(newStack(join(folder, 'cdk.out')), {
      module: source('versions.ts'),
      createOptions: source('versions.ts#options'),
    });
    expect(application.routes.map(({ path }) => path)).toEqual(['/v1/old']);
  });
});

describe('a mistake', () => {
  test.each<[LambentFunctionProps, RegExp]>([
    [{ entry: 'src/nowhere.ts' }, /nowhere\.ts does not exist. Set "entry"/],
    [{ module: 'src/nowhere.ts' }, /lambent routes of .*handler\.ts failed:\n.*nowhere\.ts is not a file\./],
  ])('%j is told', (props, message) => {
    expect(() => functionOf(newStack(join(folder, 'cdk.out')), props)).toThrow(message);
  });

  test('a source that does not compile, and one whose project has no lambent, are told', () => {
    writeFileSync(source('broken.ts'), 'export const {');
    expect(() => functionOf(newStack(join(folder, 'cdk.out')), { entry: source('broken.ts') })).toThrow(
      /lambent build of .*broken\.ts failed:/,
    );
    const lonely = join(folder, '..', `lonely-${process.pid}.ts`);
    writeFileSync(lonely, '');
    expect(() => functionOf(newStack(join(folder, 'cdk.out')), { entry: lonely })).toThrow(
      'The package lambent is not installed in the project of ',
    );
    rmSync(lonely);
  });
});
