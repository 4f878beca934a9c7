import { Writable } from 'node:stream';
import type { Context as LambdaContext } from 'aws-lambda';
import winston from 'winston';
import type { RecordAdapter } from '../../src/contracts/event-adapter.js';
import type { LogFields, Logger } from '../../src/contracts/logger.js';
import { AccessLine, AccessLog } from '../../src/logging/access-log/access-log.js';
import { recordFields, RecordLog } from '../../src/logging/access-log/record-log.js';
import { createLogger, type LoggerOption } from '../../src/logging/logger/create-logger.js';
import { ColdStart, EventFields, runWithEventFields } from '../../src/logging/logger/event-fields.js';
import { RESERVED_NAMES } from '../../src/logging/writers/line-fields.js';
import { type CapturedStdout, captureStdout } from './captured-stdout.js';
import { httpContext } from './http-context.js';
import { logRequest } from './log-request.js';

const context = { awsRequestId: 'lambda' } as LambdaContext;
const FORGED = 'forged';
const NAMES = [...RESERVED_NAMES];

let stdout: CapturedStdout;

beforeEach(() => {
  stdout = captureStdout();
});

afterEach(() => jest.restoreAllMocks());

/** A transport of a program's, whose lines end where the others' do. */
function toStdout(format?: winston.Logform.Format): winston.transport {
  const stream = new Writable({
    decodeStrings: false,
    write: (line: string, _, done) => (process.stdout.write(line), done()),
  });
  return new winston.transports.Stream({ stream, eol: '\n', ...(format && { format }) });
}

const { combine, errors, json, metadata, splat, timestamp } = winston.format;

const LOGGERS: Readonly<Record<string, () => LoggerOption | undefined>> = {
  'the logger of the application': () => undefined,
  "winston's options": () => ({ transports: [toStdout()] }),
  "winston's options with splat": () => ({
    format: combine(splat(), errors({ stack: true }), json()),
    transports: [toStdout()],
  }),
  'a winston logger': () => winston.createLogger({ format: combine(splat(), json()), transports: [toStdout()] }),
  'a child of a winston logger': () =>
    winston.createLogger({ format: json(), transports: [toStdout()] }).child({ child: true }),
  'a winston logger whose members stand in every line': () =>
    winston.createLogger({
      defaultMeta: Object.fromEntries(NAMES.map((name) => [name, FORGED])),
      format: json(),
      transports: [toStdout()],
    }),
  'a child whose members stand in every line': () =>
    winston
      .createLogger({ format: json(), transports: [toStdout()] })
      .child(Object.fromEntries(NAMES.map((name) => [name, FORGED]))),
};

/** Every way by which data gets into a line. */
const WAYS: Readonly<Record<string, (logger: Logger, name: string) => void>> = {
  'among the fields': (logger, name) => logger.info('text', own(name)),
  'among the fields, twice': (logger, name) => logger.info('text', { ...own(name), [`${name}_`]: FORGED }),
  'by a getter': (logger, name) =>
    logger.info('text', Object.defineProperty({}, name, { enumerable: true, get: () => FORGED })),
  'by toJSON': (logger, name) => logger.info('text', { toJSON: () => own(name) }),
  'by toJSON of an instance': (logger, name) =>
    logger.info(
      'text',
      new (class {
        toJSON = () => own(name);
      })() as never,
    ),
  'by an error': (logger, name) => logger.info('text', Object.assign(new Error('no'), own(name)) as never),
  'by an error among the fields': (logger, name) =>
    logger.info('text', { error: Object.assign(new Error('no'), own(name)) }),
  'by an error whose cause has it': (logger, name) =>
    logger.info('text', { error: new Error('no', { cause: own(name) }) }),
  'by a map': (logger, name) => logger.info('text', new Map([[name, FORGED]]) as never),
  'by a list': (logger, name) => logger.info('text', [own(name)] as never),
  'in the place of the message': (logger, name) => logger.info(own(name) as never),
  'by an error in the place of the message': (logger, name) =>
    logger.info(Object.assign(new Error('no'), own(name)) as never),
  'by splat': (logger, name) => logger.info('text', { splat: [own(name), own(name)] }),
  'by splat and a token': (logger, name) => logger.info('%s', { splat: ['a', own(name)] }),
  "by winston's symbols": (logger, name) =>
    logger.info('text', { [Symbol.for('splat')]: [own(name)], [Symbol.for('message')]: FORGED } as never),
  'by the prototype': (logger, name) =>
    logger.info('text', JSON.parse(`{"__proto__":{${JSON.stringify(name)}:"${FORGED}"}}`) as LogFields),
  'by what is inherited': (logger, name) => logger.info('text', Object.create(own(name)) as LogFields),
  'by set': (logger, name) => logger.set(own(name)),
  'by set with toJSON': (logger, name) => logger.set({ toJSON: () => own(name) }),
  'by set with splat': (logger, name) => logger.set({ splat: [own(name)] }),
};

function own(name: string): LogFields {
  return JSON.parse(`{${JSON.stringify(name)}:"${FORGED}"}`) as LogFields;
}

async function linesOf(
  option: LoggerOption | undefined,
  write: (logger: Logger) => void,
): Promise<Record<string, unknown>[]> {
  const logger = await createLogger(option, { level: 'info' });
  const before = stdout.lines().length;
  const handle = async () => {
    write(logger);
    return { statusCode: 200, headers: {}, cookies: [] };
  };
  const log = new EventFields('r1', context, logger);
  await runWithEventFields(log, () => logRequest(new AccessLog(), httpContext({ id: 'r1' }), handle));
  return stdout.lines().slice(before);
}

/** What stands in a line by its own doing, whatever anybody logs. */
function forgedIn(line: Record<string, unknown>): string[] {
  return NAMES.filter((name) => Object.hasOwn(line, name) && line[name] === FORGED);
}

describe.each(Object.entries(LOGGERS))('%s', (_, open) => {
  it.each(Object.entries(WAYS))('lets no reserved name be set %s', async (_way, write) => {
    for (const name of NAMES) {
      const lines = await linesOf(open(), (logger) => write(logger, name));
      expect(lines.map(({ type }) => type)).toEqual(lines.length === 2 ? [undefined, 'access'] : ['access']);
      expect(lines.flatMap(forgedIn)).toEqual([]);
      expect(lines.every(({ level, id }) => level === 'info' && id === 'r1')).toBe(true);
    }
  });

  it.each(['exception', 'rejection', 'private', 'silent'])('loses no line that has a field %s', async (name) => {
    const lines = await linesOf(open(), (logger) => {
      logger.info('text', { [name]: true });
      logger.set({ [name]: true });
    });
    expect(lines.map(({ message, type }) => message ?? type)).toEqual(['text', 'access']);
    expect(lines.every((line) => line[name] === true || line[`${name}_`] === true)).toBe(true);
  });
});

it('are all names that lines have by themselves', async () => {
  const logger = await createLogger(undefined, { level: 'info' });
  const log = new EventFields('r1', context, logger);
  const access = new AccessLine(httpContext(), log, true, { serverId: 'a', clientIp: true }).fields(undefined);
  const handled = { record: { raw: {}, id: 'm', attributes: {}, content: () => undefined }, consumer: undefined };
  const record = recordFields(handled, { adapter: { source: 'sqs' } as RecordAdapter, lambdaContext: context }, log);
  const options = { lambdaFields: true };
  new RecordLog(logger, options, new ColdStart()).batch({
    source: 'sqs',
    id: 'a',
    outcomes: [],
    start: 0,
    coldStart: true,
  });
  runWithEventFields(log, () => logger.info('text'));
  const names = [access, record, ...stdout.lines()].flatMap((line) => Object.keys(line));
  expect(names.filter((name) => !RESERVED_NAMES.has(name))).toEqual([]);
});

it('loses no line over fields that are none, or that nobody can read', async () => {
  const proxy = new Proxy(
    {},
    {
      ownKeys: () => {
        throw new Error('no');
      },
    },
  );
  for (const fields of [null, undefined, 7, proxy] as unknown as LogFields[]) {
    const lines = await linesOf(undefined, (logger) => {
      logger.info('text', fields);
      logger.set(fields);
    });
    expect(lines.map(({ message, type }) => message ?? type)).toEqual(['text', 'access']);
  }
});

it('keeps what has a reserved name, with underscores behind it', async () => {
  const lines = await linesOf(undefined, (logger) => {
    logger.info('text', { type: 'a', type_: 'b', _aws: { CloudWatchMetrics: [] }, timestamp: 1, status_code: 500 });
    logger.set({ status_code: 1, message: 'hidden' });
  });
  expect(lines).toMatchObject([
    { message: 'text', type_: 'a', type__: 'b', _aws_: { CloudWatchMetrics: [] }, timestamp_: 1, status_code_: 500 },
    { type: 'access', status_code: 200, status_code_: 1, message_: 'hidden' },
  ]);
  expect(Object.keys(lines[1]!)).not.toContain('message');
});

it('gives formats of a program what they expect', async () => {
  const format = combine(timestamp(), metadata(), json());
  const lines = await linesOf({ format, transports: [toStdout()] }, (logger) => logger.info('text', { type: 'a' }));
  expect(lines[0]).toMatchObject({ message: 'text', metadata: { type_: 'a' } });
});
