import { Type } from 'class-transformer';
import { IsInt, IsString, ValidateNested } from 'class-validator';
import { OnAuthorize, OnEvent, OnEventBridge, OnMq, OnS3, OnSchedule, OnSns } from '../../src/decorators/consumers.js';
import { Body } from '../../src/decorators/parameters.js';
import { ConflictException, UnprocessableEntityException } from '../../src/errors/exceptions.js';
import { HttpException } from '../../src/errors/http-exception.js';
import { events } from '../../src/testing/events.js';
import { consumerApp, invoke } from '../contracts/invocation-source.js';
import { captureStdout } from '../logging/captured-stdout.js';
import { createApp } from './create-app.js';

class Line {
  @IsInt() amount!: number;
}

class Order {
  @IsString() id!: string;

  @ValidateNested({ each: true })
  @Type(() => Line)
  lines!: Line[];
}

const WRONG = { id: 5, lines: [{ amount: 1 }, { amount: 'geheim' }] };
const MESSAGE =
  'Unprocessable Entity: body.id: id must be a string; body.lines.1.amount: amount must be an integer number';

/** Those that are told of a failure by an error, which Lambda hands on as its type and its message. */
const INVOKERS: [string, MethodDecorator, object][] = [
  ['a direct invocation', OnEvent(() => true), WRONG],
  ['EventBridge', OnEventBridge(), events.eventBridge({ source: 'shop', detailType: 'Order Placed', detail: WRONG })],
  ['a schedule', OnSchedule(), { ...events.schedule({ rule: 'nightly' }), detail: WRONG }],
  ['SNS', OnSns(), events.sns('placed', [WRONG])],
  ['ActiveMQ', OnMq(), events.activeMq('orders', [WRONG])],
  ['RabbitMQ', OnMq(), events.rabbitMq('orders', [WRONG])],
];

beforeEach(() => void captureStdout());
afterEach(() => jest.restoreAllMocks());

describe.each(INVOKERS)('what is not valid in an event of %s', (_, decorate, event) => {
  class Consumer {
    @decorate
    take(@Body() _order: Order): void {}
  }

  it('is named in the error, with the reason and without the value', async () => {
    const error: unknown = await invoke(createApp({ providers: [Consumer] }), event).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'ValidationException', message: MESSAGE, statusCode: 422 });
    expect(String((error as Error).stack)).not.toContain('geheim');
  });
});

it('several records that are not valid are each named', async () => {
  class Consumer {
    @OnMq()
    take(@Body() _order: Order): void {}
  }
  const event = events.activeMq('orders', [WRONG, WRONG]);
  await expect(invoke(createApp({ providers: [Consumer] }), event)).rejects.toThrow(
    `2 of 2 records failed; the first one: ValidationException: ${MESSAGE}`,
  );
});

it.each([
  [OnAuthorize(), events.authorizerToken()],
  [OnS3(), events.s3({ bucket: 'uploads', key: 'a' })],
])('other sources are told, too', async (decorate, event) => {
  class Consumer {
    @decorate
    take(@Body() _order: Order): void {}
  }
  await expect(invoke(createApp({ providers: [Consumer] }), event)).rejects.toThrow(
    'Unprocessable Entity: body.id: id must be a string',
  );
});

function messageOf(error: Error): Promise<unknown> {
  return invoke(
    consumerApp(
      OnEvent(() => true),
      () => Promise.reject(error),
    ),
    {},
  ).catch((thrown: unknown) => {
    expect(thrown).toBe(error);
    return (thrown as Error).message;
  });
}

const details = (count: number, msg = 'is wrong') =>
  Array.from({ length: count }, (_, index) => ({ loc: ['body', index], msg, type: 'x' }));
const circle: Record<string, unknown> = {};
circle['self'] = circle;

describe('the message of an exception that goes to an invoker', () => {
  it.each<[string, Error, string]>([
    ['text', new ConflictException('Locked by Ada'), 'Locked by Ada'],
    ['no detail', new ConflictException(), 'Conflict'],
    ['an object', new ConflictException({ code: 'locked' }), 'Conflict: {"code":"locked"}'],
    ['a list of anything', new ConflictException(['locked']), 'Conflict: ["locked"]'],
    ['an empty list', new ConflictException([]), 'Conflict: []'],
    ['mistakes under another status', new HttpException(400, details(1)), 'Bad Request: body.0: is wrong'],
    [
      'many mistakes',
      new UnprocessableEntityException(details(25)),
      `Unprocessable Entity: ${details(20)
        .map(({ loc }) => `${loc.join('.')}: is wrong`)
        .join('; ')}; and 5 more`,
    ],
    [
      'long mistakes',
      new UnprocessableEntityException(details(1, 'x'.repeat(5000))),
      `Unprocessable Entity: body.0: ${'x'.repeat(992)}…`,
    ],
    ['what JSON can not hold', new ConflictException(circle), 'Conflict: a detail that JSON cannot represent'],
    ['a message of its own', Object.assign(new ConflictException({ code: 1 }), { message: 'Mine' }), 'Mine'],
    ['a frozen error', Object.freeze(new ConflictException({ code: 1 })), 'Conflict'],
    ['no exception of HTTP', new RangeError('No stock'), 'No stock'],
  ])('has what the detail has: %s', async (_name, error, message) => {
    expect(await messageOf(error)).toBe(message);
  });
});
