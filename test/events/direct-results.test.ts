import { IsString } from 'class-validator';
import fc from 'fast-check';
import type { ApplicationOptions } from '../../src/application/options/application-options.js';
import { OnEvent } from '../../src/decorators/consumers.js';
import { UseGuards } from '../../src/decorators/enhancers.js';
import { Body } from '../../src/decorators/parameters.js';
import { ConflictException, ForbiddenException, UnauthorizedException } from '../../src/errors/exceptions.js';
import type { CognitoTrigger } from '../../src/events/cognito.js';
import { fromMiddy } from '../../src/pipeline/from-middy.js';
import type { ModuleMetadata } from '../../src/shared/module.js';
import { events } from '../../src/testing/events.js';
import { createApp } from '../application/create-app.js';
import { consumerApp, invoke } from '../contracts/invocation-source.js';
import { captureStdout, type CapturedStdout } from '../logging/captured-stdout.js';

const json = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const whole = OnEvent((event) => typeof event === 'object');

const TRIGGERS: readonly CognitoTrigger[] = [
  'PreSignUp',
  'PostConfirmation',
  'PreAuthentication',
  'PostAuthentication',
  'CustomMessage',
  'DefineAuthChallenge',
  'CreateAuthChallenge',
  'VerifyAuthChallengeResponse',
  'TokenGeneration',
  'UserMigration',
  'InboundFederation',
  'CustomEmailSender',
  'CustomSMSSender',
];

const signUp = json(events.cognito('PreSignUp'));
const field = json(events.appSync('Query', 'order'));
const fields = json([events.appSync('Order', 'lines'), events.appSync('Order', 'lines')]);
const mail = json(events.ses());
const awaitedMail = json(awaited(events.ses()));
const task = json(events.s3Batch());
const device = json(events.iotAuthorizer({ token: 't' }));

function awaited(event: ReturnType<typeof events.ses>): object {
  const [record] = event.Records;
  return {
    Records: [
      {
        ...record!,
        ses: {
          ...record!.ses,
          receipt: {
            ...record!.ses.receipt,
            action: { type: 'Lambda', functionArn: 'arn', invocationType: 'RequestResponse' },
          },
        },
      },
    ],
  };
}

function reported(resultString: string): unknown {
  return expect.objectContaining({
    results: [{ taskId: expect.any(String) as unknown, resultCode: 'Succeeded', resultString }],
  });
}

const SENDERS: [name: string, event: unknown][] = [
  ['Cognito', signUp],
  ['AppSync', field],
  ['AppSync with batching', fields],
  ['SES', mail],
  ['SES that waits', awaitedMail],
  ['IoT', device],
  ['S3 Batch Operations', task],
  ['whoever invokes', { task: 'price' }],
];

/** What it takes for an answer, and what is given. */
const ANSWERS: Readonly<
  Record<string, { taken: readonly (readonly [returned: unknown, answer: unknown])[]; refused: readonly unknown[] }>
> = {
  Cognito: {
    taken: [
      [undefined, signUp],
      [null, signUp],
      [signUp, signUp],
      [{ response: { autoConfirmUser: true } }, { response: { autoConfirmUser: true } }],
    ],
    refused: [true, false, {}, { autoConfirmUser: true }, { response: true }, 'ok', [], 0],
  },
  AppSync: {
    taken: [
      [undefined, undefined],
      [null, null],
      [false, false],
      [{ id: 1 }, { id: 1 }],
      [[], []],
    ],
    refused: [],
  },
  'AppSync with batching': {
    taken: [
      [
        [1, 2],
        [1, 2],
      ],
      [
        [null, null],
        [null, null],
      ],
    ],
    refused: [undefined, null, [], [1], [1, 2, 3], { 0: 1, 1: 2, length: 2 }, 'ab', false],
  },
  SES: {
    taken: [
      [undefined, undefined],
      ['done', 'done'],
      [{ disposition: 'STOP' }, { disposition: 'STOP' }],
    ],
    refused: [],
  },
  'SES that waits': {
    taken: [
      [undefined, { disposition: 'CONTINUE' }],
      [null, { disposition: 'CONTINUE' }],
      [{ disposition: 'STOP_RULE' }, { disposition: 'STOP_RULE' }],
      [{ disposition: 'STOP_RULE_SET' }, { disposition: 'STOP_RULE_SET' }],
    ],
    refused: [
      false,
      true,
      'STOP_RULE',
      {},
      { disposition: 'STOP' },
      { disposition: 'stop_rule' },
      { Disposition: 'STOP_RULE' },
      [],
    ],
  },
  'S3 Batch Operations': {
    taken: [
      [undefined, reported('')],
      ['done', reported('done')],
      [{ size: 1 }, reported('{"size":1}')],
      [false, reported('false')],
    ],
    refused: [],
  },
  IoT: {
    taken: [
      [
        { isAuthenticated: true, principalId: 'd1' },
        { isAuthenticated: true, principalId: 'd1' },
      ],
      [{ isAuthenticated: false }, { isAuthenticated: false }],
      [false, expect.objectContaining({ isAuthenticated: false, policyDocuments: [] })],
    ],
    refused: [undefined, null, true, 1, 'yes', []],
  },
  'whoever invokes': {
    taken: [
      [undefined, undefined],
      [false, false],
      [{ statusCode: 500 }, { statusCode: 500 }],
      [[1], [1]],
    ],
    refused: [],
  },
};

describe.each(SENDERS)('the result for %s', (name, event) => {
  const { taken, refused } = ANSWERS[name]!;
  const answerOf = (handle: () => unknown, options?: ApplicationOptions) =>
    invoke(consumerApp(whole, handle, options), event);

  beforeEach(() => void captureStdout());
  afterEach(() => jest.restoreAllMocks());

  it.each(taken)('is, where a method returns %j, %j', async (returned, answer) => {
    expect(await answerOf(() => returned)).toEqual(answer);
  });

  if (refused.length > 0) {
    it.each(refused)('is an error, where a method returns %j', async (returned) => {
      await expect(answerOf(() => returned)).rejects.toThrow(TypeError);
    });

    it('is nothing else, whatever a method returns', async () => {
      await fc.assert(
        fc.asyncProperty(fc.anything(), async (returned) => {
          // Whatever it holds, a list of two is an answer to two questions; and IoT itself refuses what it doesn't understand.
          fc.pre(
            !taken.some(([value]) => value === returned) &&
              !(Array.isArray(returned) && returned.length === 2) &&
              !(name === 'IoT' && Object(returned) === returned),
          );
          await expect(answerOf(() => returned)).rejects.toThrow(TypeError);
        }),
        { numRuns: 20 },
      );
    });
  }
});

// S3 Batch Operations gets errors as results.
describe.each(SENDERS.filter(([name]) => name !== 'S3 Batch Operations'))('an error for %s', (name, event) => {
  let stdout: CapturedStdout;
  const answerOf = (handle: () => unknown, options?: ApplicationOptions) =>
    invoke(consumerApp(whole, handle, options), event);

  beforeEach(() => void (stdout = captureStdout()));
  afterEach(() => jest.restoreAllMocks());

  it('says which fields were wrong', async () => {
    class Wanted {
      @IsString() never!: string;
    }
    class Consumer {
      @OnEvent(() => true)
      take(@Body('wanted') _wanted: Wanted): void {}
    }
    await expect(invoke(createApp({ providers: [Consumer] }), event)).rejects.toThrow(
      'Unprocessable Entity: body.wanted: wanted is required',
    );
  });

  it("is an exception's own text, and of another error what it says", async () => {
    await expect(answerOf(() => Promise.reject(new ConflictException('Taken')))).rejects.toThrow('Taken');
    await expect(answerOf(() => Promise.reject(new RangeError('No row')))).rejects.toThrow(new RangeError('No row'));
    expect(stdout.lines()).toHaveLength(2);
  });

  it('hides from strangers what an error says, where the application answers unhandled errors itself', async () => {
    const options = { unhandledErrors: 'respond' } as const;
    const strangers = ['Cognito', 'AppSync', 'AppSync with batching'].includes(name);
    await expect(answerOf(() => Promise.reject(new RangeError('Row 7')), options)).rejects.toThrow(
      strangers ? 'Internal Server Error' : 'Row 7',
    );
    await expect(answerOf(() => Promise.reject(new ConflictException('Taken')), options)).rejects.toThrow('Taken');
    expect(stdout.lines()[0]).toMatchObject({
      status: 'failed',
      error_detail: expect.stringContaining('RangeError: Row 7') as string,
    });
  });
});

const taken = () => Promise.reject(Object.assign(new Error('Taken'), { statusCode: 409 }));

describe.each(SENDERS.filter(([name]) => ['Cognito', 'AppSync', 'AppSync with batching'].includes(name)))(
  'what strangers learn through %s',
  (_, event) => {
    const hidden = { name: 'InternalServerErrorException', message: 'Internal Server Error' };
    let stdout: CapturedStdout;

    beforeEach(() => void (stdout = captureStdout()));
    afterEach(() => jest.restoreAllMocks());

    function outcomeOf(module: ModuleMetadata, options: ApplicationOptions = {}): Promise<unknown> {
      return invoke(createApp(module, { unhandledErrors: 'respond', ...options }), event).catch(
        (error: unknown) => error,
      );
    }

    class Consumer {
      @OnEvent(() => true)
      take(): void {}
    }

    class Throwing {
      @OnEvent(() => {
        throw new Error('Table users_7 is gone');
      })
      take(): void {}
    }

    it.each<[string, ModuleMetadata, ApplicationOptions]>([
      [
        'does not start',
        {
          providers: [
            Consumer,
            { provide: 'DATABASE', useFactory: () => Promise.reject(new Error('Table users_7 is gone')) },
          ],
        },
        {},
      ],
      ['has a predicate that throws', { providers: [Throwing] }, {}],
      [
        'has a middleware that throws',
        { providers: [Consumer] },
        { interceptors: [fromMiddy({ before: () => Promise.reject(new Error('Table users_7 is gone')) })] },
      ],
    ])('is nothing where the application %s', async (_name, module, options) => {
      expect(await outcomeOf(module, options)).toMatchObject(hidden);
      const line = stdout.lines().find(({ level }) => level === 'critical');
      expect(line).toMatchObject({
        message: 'An event has failed, and the error was hidden from its caller',
        error: { message: expect.stringContaining('users_7') as string },
      });
    });

    it('is what an error with a status says, wherever it comes from', async () => {
      class Refusing {
        @OnEvent(() => true)
        take(): Promise<never> {
          return taken();
        }
      }
      const told = { name: 'HttpException', message: 'Taken', statusCode: 409 };
      expect(await outcomeOf({ providers: [Refusing] })).toMatchObject(told);
      const options = { interceptors: [fromMiddy({ before: taken })] };
      expect(await outcomeOf({ providers: [Consumer] }, options)).toMatchObject(told);
      expect(stdout.lines().filter(({ level }) => level === 'critical')).toEqual([]);
    });

    it('is nothing where nobody takes the event', async () => {
      expect(await outcomeOf({})).toMatchObject(hidden);
    });

    it('is everything unless the application answers unhandled errors itself', async () => {
      expect(await outcomeOf({ providers: [Throwing] }, { unhandledErrors: 'throw' })).toMatchObject({
        message: 'Table users_7 is gone',
      });
    });
  },
);

describe('triggers of Cognito', () => {
  afterEach(() => jest.restoreAllMocks());

  it.each(TRIGGERS)('get their event back with what the method has filled in: %s', async (trigger) => {
    captureStdout();
    const event = events.cognito(trigger);
    class Trigger {
      @OnEvent((given) => 'triggerSource' in (given as object))
      async fill(@Body() { response }: { response: Record<string, unknown> }): Promise<void> {
        response['filled'] = true;
      }
    }
    expect(await invoke(createApp({ providers: [Trigger] }), event)).toEqual({
      ...event,
      response: { ...event.response, filled: true },
    });
  });
});

describe('authorizers of IoT', () => {
  const REFUSED = {
    isAuthenticated: false,
    principalId: 'refused',
    disconnectAfterInSeconds: 0,
    refreshAfterInSeconds: 0,
    policyDocuments: [],
  };

  afterEach(() => jest.restoreAllMocks());

  it.each([[new UnauthorizedException()], [new ForbiddenException()]])(
    'say no by %s, which is a warning in the log',
    async (error) => {
      const stdout = captureStdout();
      expect(
        await invoke(
          consumerApp(whole, () => Promise.reject(error)),
          device,
        ),
      ).toEqual(REFUSED);
      expect(stdout.lines()).toMatchObject([{ status: 'refused', level: 'warning' }]);
    },
  );

  it('say no where a guard does', async () => {
    captureStdout();
    class Guarded {
      @OnEvent(() => true) @UseGuards({ canActivate: () => false }) decide() {
        return { isAuthenticated: true };
      }
    }
    expect(await invoke(createApp({ providers: [Guarded] }), device)).toEqual(REFUSED);
  });
});
