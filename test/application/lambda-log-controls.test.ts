import type { LambdaApplication } from '../../src/application/lambda-application.js';
import type { ApplicationOptions } from '../../src/application/options/application-options.js';
import { type CapturedStdout, captureStdout } from '../logging/captured-stdout.js';

// AWS Lambda: "Log-level filtering". Each test has the process to itself: the warning comes once a process.

let stdout: CapturedStdout;
const before = { ...process.env };

beforeEach(() => {
  stdout = captureStdout();
  jest.resetModules();
});

afterEach(() => {
  jest.restoreAllMocks();
  process.env = { ...before };
});

/** Runs one request in a process with an environment, and returns what Lambda's filter would see. */
async function run(env: Readonly<Record<string, string>>, options: ApplicationOptions = {}, apps = 1) {
  Object.assign(process.env, env);
  const lambent = await import('../../src/index.js');
  const { inject } = await import('../../src/testing/inject.js');
  class Orders {
    list() {
      lambent.getLogger().debug('looking');
      lambent.getLogger().info('found');
    }
  }
  lambent.Get()(Orders.prototype, 'list', Object.getOwnPropertyDescriptor(Orders.prototype, 'list')!);
  lambent.Controller()(Orders);
  class AppModule {}
  lambent.Module({ controllers: [Orders] })(AppModule);
  for (let count = 0; count < apps; count++) {
    const app: LambdaApplication = lambent.LambdaApplication.create(AppModule, options);
    await inject(app, { url: '/' });
    await app.close();
  }
  return stdout.lines().map(({ level, message, type, timestamp }) => ({
    line: `${String(level)} ${String(message ?? type)}`,
    isRead: /^\d{4}-\d\d-\d\dT/.test(String(timestamp)),
  }));
}

const linesOf = async (...given: Parameters<typeof run>) => (await run(...given)).map(({ line }) => line);
const JSON_FORMAT = { AWS_LAMBDA_LOG_FORMAT: 'JSON' };

describe('AWS_LAMBDA_LOG_FORMAT', () => {
  test('JSON gives every line the fields that Lambda reads', async () => {
    const lines = await run(JSON_FORMAT);
    expect(lines).toEqual([
      { line: 'INFO found', isRead: true },
      { line: 'INFO access', isRead: true },
    ]);
  });

  test.each([{ AWS_LAMBDA_LOG_FORMAT: 'Text' }, {}])('%p leaves lines as they are', async (env) => {
    expect(await run(env as Record<string, string>)).toEqual([
      { line: 'info found', isRead: false },
      { line: 'info access', isRead: false },
    ]);
  });

  test('gives way to accessLog.lambdaFields', async () => {
    expect(await linesOf(JSON_FORMAT, { accessLog: { lambdaFields: false } })).toEqual(['info found', 'info access']);
  });

  test('counts for lines outside of an application, too', async () => {
    Object.assign(process.env, JSON_FORMAT, { AWS_LAMBDA_LOG_LEVEL: 'ERROR' });
    const { getLogger } = await import('../../src/index.js');
    const { logState } = await import('../../src/logging/logger/event-fields.js');
    logState.logger = undefined;
    getLogger().warning('dropped');
    getLogger().error('text');
    expect(stdout.lines()).toEqual([
      expect.objectContaining({ level: 'ERROR', timestamp: expect.any(String) as string }),
    ]);
  });
});

describe('AWS_LAMBDA_LOG_LEVEL', () => {
  test.each([
    ['TRACE', ['DEBUG looking', 'INFO found', 'INFO access']],
    ['DEBUG', ['DEBUG looking', 'INFO found', 'INFO access']],
    ['INFO', ['INFO found', 'INFO access']],
    ['WARN', []],
    ['FATAL', []],
  ])('%s is the level where LOG_LEVEL names none', async (level, lines) => {
    expect(await linesOf({ ...JSON_FORMAT, AWS_LAMBDA_LOG_LEVEL: level })).toEqual(lines);
  });

  test('leaves a stricter LOG_LEVEL, and the level of the option logger, in force', async () => {
    expect(await linesOf({ ...JSON_FORMAT, AWS_LAMBDA_LOG_LEVEL: 'DEBUG', LOG_LEVEL: 'info' })).toEqual([
      'INFO found',
      'INFO access',
    ]);
    stdout = captureStdout();
    expect(await linesOf({ ...JSON_FORMAT, AWS_LAMBDA_LOG_LEVEL: 'DEBUG' }, { logger: { level: 'warning' } })).toEqual(
      [],
    );
  });

  test.each<[string, Record<string, string>, ApplicationOptions]>([
    ['LOG_LEVEL', { LOG_LEVEL: 'debug' }, {}],
    ['logger.level', {}, { logger: { level: 'debug' } }],
    ['a buffer', {}, { logger: { buffer: true } }],
    ['sampling', {}, { logger: { sampling: 0 } }],
  ])('is warned of once where it would drop what %s asks for', async (_what, env, options) => {
    const lines = await linesOf({ ...JSON_FORMAT, AWS_LAMBDA_LOG_LEVEL: 'INFO', ...env }, options, 2);
    const asks = _what !== 'sampling';
    expect(lines.filter((line) => line.startsWith('WARN'))).toEqual(
      asks
        ? [
            "WARN Lambda's log-level filter (AWS_LAMBDA_LOG_LEVEL) drops lines below info, but the application asks for " +
              "debug: set the function's application log level to debug, and LOG_LEVEL to what is written of every event.",
          ]
        : [],
    );
    const others = ['INFO found', 'INFO access'];
    expect(lines.filter((line) => !line.startsWith('WARN'))).toEqual([...others, ...others]);
  });

  test('is warned of where Lambda would take every line for INFO and drop it', async () => {
    const env = { ...JSON_FORMAT, AWS_LAMBDA_LOG_LEVEL: 'WARN', LOG_LEVEL: 'info' };
    expect(await linesOf(env, { accessLog: { lambdaFields: false } })).toEqual([
      "warning Lambda's log-level filter (AWS_LAMBDA_LOG_LEVEL) drops lines below warning, and takes every line for " +
        'info, because accessLog.lambdaFields is false.',
      'info found',
      'info access',
    ]);
  });

  test('filters nothing in the text format', async () => {
    const env = { AWS_LAMBDA_LOG_FORMAT: 'Text', AWS_LAMBDA_LOG_LEVEL: 'WARN', LOG_LEVEL: 'info' };
    expect(await linesOf(env)).toEqual(['info found', 'info access']);
  });

  test('that is no level fails the start with its name, as LOG_LEVEL does', async () => {
    await expect(run({ ...JSON_FORMAT, AWS_LAMBDA_LOG_LEVEL: 'LOUD' })).rejects.toThrow(
      'AWS_LAMBDA_LOG_LEVEL is "LOUD": it must be one of',
    );
  });
});
