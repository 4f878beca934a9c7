import { Exclude, Type } from 'class-transformer';
import { IsEmail, IsInt, Matches, Min, ValidateNested } from 'class-validator';
import type { ExceptionFilter } from '../../src/contracts/pipeline.js';
import { OnEvent, OnSqs } from '../../src/decorators/consumers.js';
import { UseFilters, UsePipes } from '../../src/decorators/enhancers.js';
import { Body, Query } from '../../src/decorators/parameters.js';
import { Controller, Get, Post } from '../../src/decorators/routes.js';
import { BadRequestException, ConflictException, NotFoundException } from '../../src/errors/exceptions.js';
import { events } from '../../src/testing/events.js';
import { fakeContext } from '../../src/testing/fake-context.js';
import { httpEvents } from '../../src/testing/http-events.js';
import { ValidationPipe } from '../../src/validation/pipes/validation-pipe.js';
import { captureStdout } from '../logging/captured-stdout.js';
import { createApp, SOURCES, type Source } from './create-app.js';

afterEach(() => jest.restoreAllMocks());

const SECRET = 'hunter2-correct-horse';

class Card {
  @Matches(/^\d{16}$/, { message: '$value is no card number' }) number!: string;
  @Min(100, { message: ({ value }) => `not ${String(value)}` }) limit!: number;
}

class Order {
  @IsEmail({}, { message: ({ value }) => `cannot mail to ${String(value)}` }) email!: string;
  @IsInt() amount!: number;
  @ValidateNested() @Type(() => Card) card!: Card;
  @IsEmail({}, { each: true, message: '$value is none' }) copies!: string[];
}

const schema = {
  '~standard': {
    version: 1 as const,
    vendor: 'own',
    validate: (value: unknown) => ({
      issues: [
        { message: `Expected a number but received "${String((value as { pin: unknown }).pin)}"`, path: ['pin'] },
      ],
    }),
  },
};

class Told implements ExceptionFilter {
  catch(): unknown {
    return { told: true };
  }
}

class Holder {
  name = 'Ada';
  @Exclude() password = SECRET;
}

@Controller('orders')
class Orders {
  @Get('told') told(): never {
    throw new NotFoundException('No such order');
  }

  @Get('bare') bare(): never {
    throw new NotFoundException();
  }

  @Get('object') object(): never {
    throw new ConflictException({ code: 'taken', by: 7 });
  }

  @Get('log') log(): never {
    throw new NotFoundException('No such order', { errorDetail: 'order 7 is gone' });
  }

  @Get('excluded') excluded(): never {
    throw new ConflictException({ held: new Map([['by', [new Holder()]]]), again: { toJSON: () => new Holder() } });
  }

  @Get('unwritable') unwritable(): never {
    throw new NotFoundException(() => SECRET);
  }

  @Get('query') query(@Query() asked: Record<string, string>): unknown {
    return asked;
  }

  @UseFilters(Told)
  @Get('filtered')
  filtered(): never {
    throw new NotFoundException('No such order');
  }

  @Post() create(@Body() order: Order): unknown {
    return order;
  }

  @UsePipes(new ValidationPipe({ errorHttpStatusCode: 400 }))
  @Post('piped')
  piped(@Body() order: Order): unknown {
    return order;
  }

  @UsePipes(new ValidationPipe({ exceptionFactory: (details) => new BadRequestException(details) }))
  @Post('made')
  made(@Body() order: Order): unknown {
    return order;
  }

  @Post('schema') schema(@Body(schema) body: unknown): unknown {
    return body;
  }
}

async function detailOf(source: Source, request: { method?: string; url: string; body?: unknown }): Promise<unknown> {
  const stdout = captureStdout();
  const { body, ...rest } = request;
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const headers = { 'content-type': 'application/json' };
  await createApp({ controllers: [Orders] }).handler(
    httpEvents[source]({ ...rest, headers, ...(body !== undefined && { body: text }) }),
    fakeContext(),
  );
  const written = stdout.text();
  expect(written).not.toContain(SECRET);
  return stdout.lines().find(({ type }) => type === 'access')?.['error_detail'];
}

describe.each(SOURCES)('error_detail of a request from %s', (source) => {
  it.each([
    ['told', 'No such order'],
    ['bare', undefined],
    ['object', { code: 'taken', by: 7 }],
    ['log', 'order 7 is gone'],
    ['filtered', 'No such order'],
    ['excluded', { held: { by: [{ name: 'Ada' }] }, again: { name: 'Ada' } }],
    ['unwritable', expect.stringContaining('a function')],
    ['none/at/all', undefined],
  ])('of /orders/%s is %j', async (path, expected) => {
    expect(await detailOf(source, { url: `/orders/${path}` })).toEqual(expected);
  });
});

const WRONG = {
  email: SECRET,
  amount: 'a',
  card: { number: SECRET, limit: 12 },
  copies: [SECRET],
};

describe('error_detail of input that is wrong', () => {
  it.each(['apiGatewayV2', 'functionUrl', 'alb'] as const)(
    'is no word of a query that can not be decoded (%s)',
    async (source) => {
      const malformed = { rawQueryString: `a=${SECRET}%`, queryStringParameters: { a: `${SECRET}%` } };
      const stdout = captureStdout();
      await createApp({ controllers: [Orders] }).handler(
        { ...httpEvents[source]({ url: '/orders/query' }), ...malformed },
        fakeContext(),
      );
      expect(stdout.text()).not.toContain(SECRET);
      expect(stdout.lines()).toMatchObject([
        {
          status_code: 400,
          error_detail: expect.stringMatching(/^Malformed percent-encoding in a text of \d+ characters$/) as unknown,
        },
      ]);
    },
  );

  it.each(['/orders', '/orders/piped', '/orders/made'])('lists what is wrong at %s, and no value', async (url) => {
    const detail = await detailOf('apiGatewayV2', { method: 'POST', url, body: WRONG });
    expect(detail).toEqual(
      expect.arrayContaining([
        { loc: ['body', 'email'], msg: 'cannot mail to [value]', type: 'isEmail' },
        { loc: ['body', 'amount'], msg: 'amount must be an integer number', type: 'isInt' },
        { loc: ['body', 'card', 'number'], msg: '[value] is no card number', type: 'matches' },
        { loc: ['body', 'card', 'limit'], msg: 'not [value]', type: 'min' },
      ]),
    );
  });

  it('is without what a schema repeats', async () => {
    const detail = await detailOf('apiGatewayV2', { method: 'POST', url: '/orders/schema', body: { pin: SECRET } });
    expect(detail).toEqual([{ loc: ['body', 'pin'], msg: 'Expected a number but received "[value]"', type: 'own' }]);
  });

  it.each([
    `{"password":${SECRET}}`,
    `${SECRET}`,
    `{"password":"${SECRET}"`,
    `{"a":1,"password":"${SECRET}" at position 5`,
    `"${SECRET}\n"`,
  ])('is without a word of %s, which is no JSON', async (body) => {
    expect(await detailOf('apiGatewayV2', { method: 'POST', url: '/orders', body })).toMatch(
      /^The text has \d+ characters and is not valid JSON(?: from character \d+ on)?$/,
    );
  });

  it('is short where there is much', async () => {
    const many = await detailOf('apiGatewayV2', {
      method: 'POST',
      url: '/orders',
      body: { ...WRONG, copies: Array.from({ length: 900 }, () => SECRET) },
    });
    expect((many as unknown[]).length).toBeLessThan(60);
  });

  it('is no word of it where the error of an invocation goes into the log of Lambda', async () => {
    class Direct {
      @OnEvent(() => true)
      take(@Body() order: Order): void {
        void order;
      }
    }
    captureStdout();
    const error = (await createApp({ providers: [Direct] })
      .handler(WRONG, fakeContext())
      .catch((thrown: unknown) => thrown)) as Error;
    expect(error.message).toContain('body.card.number: [value] is no card number');
    expect(error.message).not.toContain(SECRET);
  });

  it('of a record has nothing that its classes exclude', async () => {
    class Consumer {
      @OnSqs('orders')
      take(): never {
        throw new ConflictException({ holder: new Holder(), late: undefined });
      }
    }
    const stdout = captureStdout();
    await createApp({ providers: [Consumer] }).handler(events.sqs('orders', ['a']), fakeContext());
    expect(stdout.lines().find(({ type }) => type === 'record')).toMatchObject({
      error_detail: { holder: { name: 'Ada' } },
    });
    expect(stdout.text()).not.toContain(SECRET);
  });

  it('of a record is the same', async () => {
    class Consumer {
      @OnSqs('orders')
      take(@Body() order: Order): void {
        void order;
      }
    }
    const stdout = captureStdout();
    const event = events.sqs('orders', [WRONG, `{"password":${SECRET}}`]);
    await createApp({ providers: [Consumer] }, { batch: { invalid: 'drop' } }).handler(event, fakeContext());
    await createApp({ providers: [Consumer] }).handler(event, fakeContext());
    expect(stdout.text()).not.toContain(SECRET);
    const details = stdout
      .lines()
      .filter(({ type }) => type === 'record')
      .map(({ error_detail: detail }) => detail);
    expect(details).toEqual([
      undefined,
      undefined,
      expect.arrayContaining([{ loc: ['body', 'email'], msg: 'cannot mail to [value]', type: 'isEmail' }]),
      expect.stringMatching(/is not valid JSON/),
    ]);
  });
});
