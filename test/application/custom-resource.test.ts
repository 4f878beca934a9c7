import http from 'node:http';
import https from 'node:https';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { CloudFormationCustomResourceEvent, Context as LambdaContext } from 'aws-lambda';
import { IsInt, IsString } from 'class-validator';
import type { ApplicationOptions } from '../../src/application/options/application-options.js';
import { OnEvent, OnSqs } from '../../src/decorators/consumers.js';
import { UseGuards, UseInterceptors } from '../../src/decorators/enhancers.js';
import { Body, Context, Event } from '../../src/decorators/parameters.js';
import { ConflictException } from '../../src/errors/exceptions.js';
import { deferCustomResource, respondToCustomResource } from '../../src/events/custom-resource.js';
import { isCustomResource } from '../../src/events/custom-resource/is-custom-resource.js';
import { type AwsLambda, installAwsLambda } from '../../src/local/invoke/response-stream.js';
import { fromMiddy } from '../../src/pipeline/from-middy.js';
import type { ModuleMetadata } from '../../src/shared/module.js';
import type { Constructor } from '../../src/shared/types.js';
import { events } from '../../src/testing/events.js';
import { fakeContext } from '../../src/testing/fake-context.js';
import { type CapturedStdout, captureStdout } from '../logging/captured-stdout.js';
import { AnswerBucket } from './answer-bucket.js';
import { createApp } from './create-app.js';

class Properties {
  @IsString() name!: string;
  @IsInt() size!: number;
}

/** What an application waits for that hangs, so that it can be closed. */
let started: () => void;
let starting: Promise<unknown>;
beforeEach(() => void (starting = new Promise<void>((resolve) => (started = resolve))));

const never = () => new Promise<never>(() => undefined);
const VALID = { name: 'orders', size: 3 };
const SECRET = { name: 'orders', size: 'hunter2' };

let bucket: AnswerBucket;
let stdout: CapturedStdout;

beforeEach(() => {
  stdout = captureStdout();
  bucket = new AnswerBucket();
  return bucket.open();
});

afterEach(() => {
  jest.restoreAllMocks();
  return bucket.close();
});

type RequestType = CloudFormationCustomResourceEvent['RequestType'];

function eventOf(
  requestType: RequestType = 'Create',
  properties: object = VALID,
  more: object = {},
): CloudFormationCustomResourceEvent {
  const event = events.customResource(requestType, {
    responseUrl: bucket.url,
    properties: { ...properties },
    physicalResourceId: 'index-1',
  });
  return JSON.parse(
    JSON.stringify({ ...event, RequestId: 'r1', LogicalResourceId: 'Index', ...more }),
  ) as CloudFormationCustomResourceEvent;
}

/** A method that does this, and whether it was called. */
function resource(work: (event: CloudFormationCustomResourceEvent) => unknown = () => undefined): {
  Resource: Constructor;
  called: unknown[];
} {
  const called: unknown[] = [];
  class Resource {
    @OnEvent(isCustomResource)
    apply(
      @Body('ResourceProperties') properties: Properties,
      @Event() event: CloudFormationCustomResourceEvent,
    ): unknown {
      called.push(properties);
      return work(event);
    }
  }
  return { Resource, called };
}

async function invoke(
  module: ModuleMetadata,
  event: unknown,
  { remainingTime, ...options }: ApplicationOptions & { remainingTime?: number } = {},
): Promise<unknown> {
  return createApp(module, options).handler(event, fakeContext({ remainingTime }));
}

const failures = (): unknown[] => stdout.lines().filter(({ message }) => message === 'A custom resource has failed');

/** Asserts that CloudFormation was told once, in words that it can show, and that Lambda has nothing to try again. */
function expectFailed(result: unknown, reason: RegExp): void {
  expect(bucket.answers).toHaveLength(1);
  const [{ Status, Reason, StackId, RequestId, LogicalResourceId }] = bucket.answers as [(typeof bucket.answers)[0]];
  expect({ Status, RequestId, LogicalResourceId }).toEqual({
    Status: 'FAILED',
    RequestId: 'r1',
    LogicalResourceId: 'Index',
  });
  expect(StackId).toMatch(/^arn:aws:cloudformation:/);
  expect(Reason).toMatch(reason);
  expect(Reason).not.toMatch(/hunter2|\n\s+at |node_modules|\.ts\b|\.js\b/);
  expect(result).toEqual(bucket.answers[0]);
  expect(failures()).toHaveLength(1);
}

describe('a custom resource', () => {
  it('is answered with what its method returns', async () => {
    const { Resource, called } = resource(async () => ({
      physicalResourceId: 'index-7',
      data: { Name: 'orders' },
      noEcho: true,
    }));
    const result = await invoke({ providers: [Resource] }, eventOf());
    expect(called[0]).toBeInstanceOf(Properties);
    expect(bucket.answers).toMatchObject([
      {
        Status: 'SUCCESS',
        RequestId: 'r1',
        LogicalResourceId: 'Index',
        PhysicalResourceId: 'index-7',
        Data: { Name: 'orders' },
        NoEcho: true,
      },
    ]);
    expect(result).toEqual(bucket.answers[0]);
  });

  it.each<[RequestType, unknown, string]>([
    ['Create', undefined, 'Index-r1'],
    ['Create', null, 'Index-r1'],
    ['Create', {}, 'Index-r1'],
    ['Update', undefined, 'index-1'],
    ['Update', { physicalResourceId: 'index-2' }, 'index-2'],
    ['Delete', undefined, 'index-1'],
    ['Delete', { physicalResourceId: 'index-2' }, 'index-1'],
  ])(
    'that is to be done, %s, has succeeded where its method returns %j, as %s',
    async (requestType, returned, PhysicalResourceId) => {
      await invoke({ providers: [resource(() => returned).Resource] }, eventOf(requestType));
      expect(bucket.answers).toMatchObject([{ Status: 'SUCCESS', PhysicalResourceId }]);
    },
  );

  it('has the context of its invocation, which ends earlier: the answer needs time, too', async () => {
    const seen: LambdaContext[] = [];
    let left: number | undefined;
    class Resource {
      @OnEvent(isCustomResource)
      apply(@Context() context: LambdaContext): void {
        seen.push({ ...context });
        left = context.getRemainingTimeInMillis();
      }
    }
    const context = Object.freeze({ ...fakeContext(), getRemainingTimeInMillis: () => 30_000 });
    await createApp({ providers: [Resource] }).handler(eventOf(), context);
    expect(bucket.answers).toMatchObject([{ Status: 'SUCCESS' }]);
    expect(seen).toEqual([{ ...context, getRemainingTimeInMillis: expect.any(Function) as unknown }]);
    expect(left).toBe(25_000);
  });

  it('has no old properties and no name where it is made', async () => {
    const got: unknown[] = [];
    class Resource {
      @OnEvent(isCustomResource)
      apply(@Body('OldResourceProperties') old?: Properties, @Body('PhysicalResourceId') id?: string): void {
        got.push(old, id);
      }
    }
    await invoke({ providers: [Resource] }, eventOf());
    expect(got).toEqual([undefined, undefined]);
    await invoke(
      { providers: [Resource] },
      eventOf('Update', VALID, { OldResourceProperties: { name: 'old', size: 1 } }),
    );
    expect(got.slice(2)).toEqual([{ name: 'old', size: 1 }, 'index-1']);
    expect(bucket.answers.map(({ Status }) => Status)).toEqual(['SUCCESS', 'SUCCESS']);
  });
});

describe('CloudFormation is told FAILED', () => {
  it.each(['Create', 'Update', 'Delete'] as const)(
    'of properties that are not valid, by name and without their values: %s',
    async (requestType) => {
      const { Resource, called } = resource();
      expectFailed(
        await invoke({ providers: [Resource] }, eventOf(requestType, SECRET)),
        /^Unprocessable Entity: body\.ResourceProperties\.size: size must be an integer number$/,
      );
      expect(called).toEqual([]);
    },
  );

  it.each([
    ['an error', new RangeError('No quota'), /^RangeError: No quota$/],
    ['an exception', new ConflictException('Locked'), /^Locked$/],
    ['an exception with an object', new ConflictException({ code: 'locked' }), /^Conflict: {"code":"locked"}$/],
    ['text', 'No quota', /^No quota$/],
    ['nothing', undefined, /undefined/],
    ['an error without a word', new Error(), /^Error$/],
    ['an empty text', '', /./],
    ['an object that cannot be text', Object.create(null), /not an error/],
    ['an error with a stack in its message', new Error(`Failed\n    at ${__filename}:1:1`), /^Error: Failed$/],
    ['a long error', new Error('€'.repeat(5000)), /^Error: €{100,}$/],
  ])('of what its method throws: %s', async (_name, thrown, reason) => {
    expectFailed(await invoke({ providers: [resource(() => Promise.reject(thrown)).Resource] }, eventOf()), reason);
    expect(bucket.answers[0]).toMatchObject({ PhysicalResourceId: 'Index-r1' });
    expect(Number(bucket.requests[0]!.headers['content-length'])).toBeLessThanOrEqual(4096);
  });

  it.each<[string, unknown, RegExp]>([
    ['false', false, /not false/],
    ['a list', [], /not a list/],
    ['text', 'done', /not a string/],
    ['names of CloudFormation', { PhysicalResourceId: 'index-7' }, /physicalResourceId.*not "PhysicalResourceId"/],
    ['an answer', { statusCode: 500 }, /not "statusCode"/],
    ['a name that is a number', { physicalResourceId: 7 }, /physicalResourceId must be a string/],
    ['an empty name', { physicalResourceId: '' }, /physicalResourceId must be a string/],
    ['a long name', { physicalResourceId: 'x'.repeat(1025) }, /physicalResourceId must be a string/],
    ['data that is none', { data: 'orders' }, /data must be an object/],
    ['noEcho that is neither yes nor no', { noEcho: 'true' }, /noEcho must be true or false/],
  ])('of a result that is not understood: %s', async (_name, returned, reason) => {
    expect(await invoke({ providers: [resource(() => returned).Resource] }, eventOf())).toMatchObject({
      Status: 'FAILED',
    });
    expect(bucket.answers).toMatchObject([{ Status: 'FAILED', Reason: expect.stringMatching(reason) as string }]);
  });

  it.each<[string, () => unknown, RegExp]>([
    ['a promise', () => Promise.resolve(1), /promise/],
    [
      'a circle',
      () => {
        const circle: Record<string, unknown> = {};
        circle['self'] = circle;
        return circle;
      },
      /circular/i,
    ],
    ['too much', () => 'x'.repeat(5000), /CloudFormation accepts only 4096/],
  ])('of a result that can not be sent, by the name of what was made: %s', async (_name, value, reason) => {
    await invoke(
      { providers: [resource(() => ({ physicalResourceId: 'index-7', data: { value: value() } })).Resource] },
      eventOf(),
    );
    expect(bucket.answers).toMatchObject([
      { Status: 'FAILED', PhysicalResourceId: 'index-7', Reason: expect.stringMatching(reason) as string },
    ]);
  });

  it.each<[string, () => unknown, RegExp]>([
    ['says no', () => false, /^Forbidden$/],
    ['throws', () => Promise.reject(new Error('No session')), /^Error: No session$/],
    ['answers nothing', () => undefined, /returned undefined/],
  ])('of a guard that %s', async (_name, canActivate, reason) => {
    class Guarded {
      @OnEvent(isCustomResource)
      @UseGuards({ canActivate } as never)
      apply(): void {}
    }
    expectFailed(await invoke({ providers: [Guarded] }, eventOf()), reason);
  });

  it('of an interceptor that throws', async () => {
    class Intercepted {
      @OnEvent(isCustomResource)
      @UseInterceptors({ intercept: () => Promise.reject(new Error('No trace')) })
      apply(): void {}
    }
    expectFailed(await invoke({ providers: [Intercepted] }, eventOf()), /^Error: No trace$/);
  });

  it('of a middleware that throws', async () => {
    const interceptors = [fromMiddy({ before: () => Promise.reject(new Error('No warm-up')) })];
    expectFailed(
      await invoke({ providers: [resource().Resource] }, eventOf(), { interceptors }),
      /^Error: No warm-up$/,
    );
  });

  it('where nobody takes it', async () => {
    expectFailed(await invoke({}, eventOf()), /^Error: No consumer takes this event: an object with RequestType/);
  });

  it.each<[string, () => unknown, RegExp]>([
    [
      'throws',
      () => {
        throw new TypeError('x is undefined');
      },
      /^TypeError: x is undefined$/,
    ],
    ['gives no answer', () => 'yes', /The predicate of @OnEvent on Resource.apply returned a string/],
  ])('where a predicate %s', async (_name, predicate, reason) => {
    class Resource {
      @OnEvent(predicate as () => boolean)
      apply(): void {}
    }
    expectFailed(await invoke({ providers: [Resource] }, eventOf()), reason);
  });

  it('where the application does not start, and the next invocation tries again', async () => {
    let attempts = 0;
    const connecting = {
      provide: 'DATABASE',
      useFactory: async () => {
        attempts += 1;
        if (attempts === 1) throw new Error('ECONNREFUSED');
        return {};
      },
    };
    const app = createApp({ providers: [connecting, resource().Resource] });
    expectFailed(await app.handler(eventOf(), fakeContext()), /^Error: ECONNREFUSED/);
    await app.handler(eventOf(), fakeContext());
    expect(bucket.answers[1]).toMatchObject({ Status: 'SUCCESS' });
  });

  it('where the application can not start at all', async () => {
    class Needy {
      constructor(readonly missing: Properties) {}
    }
    Reflect.defineMetadata('design:paramtypes', [Properties], Needy);
    expectFailed(await invoke({ providers: [Needy] }, eventOf()), /^BootstrapError: Needy/);
  });

  it.each<[string, ModuleMetadata, ApplicationOptions]>([
    ['its method', { providers: [resource(never).Resource] }, {}],
    ['a factory', { providers: [{ provide: 'DATABASE', useFactory: () => starting }] }, {}],
    ['a middleware', { providers: [resource().Resource] }, { interceptors: [fromMiddy({ before: never })] }],
  ])('before the time is up, where %s hangs', async (_name, module, options) => {
    const result = await createApp(module, options).handler(eventOf(), fakeContext({ remainingTime: 1200 }));
    started();
    expectFailed(
      result,
      /did not finish before the function timed out|was not ready when the invocation's time was up/,
    );
  });

  it('in a function that streams, and the answer is the result', async () => {
    const scope = globalThis as unknown as { awslambda?: Partial<AwsLambda> };
    installAwsLambda();
    const handler = createApp({ providers: [resource().Resource] }).streamingHandler as (
      event: unknown,
      stream: PassThrough,
      context: unknown,
    ) => Promise<void>;
    const stream = new PassThrough();
    const [written] = await Promise.all([text(stream), handler(eventOf('Create', SECRET), stream, fakeContext())]);
    delete scope.awslambda;
    expectFailed(JSON.parse(written), /size must be an integer number/);
  });
});

describe('what was never begun', () => {
  it.each<[string, () => ModuleMetadata, object]>([
    ['with properties that are not valid', () => ({ providers: [resource().Resource] }), SECRET],
    ['without a consumer', () => ({}), VALID],
  ])('is deleted without its method: %s', async (_name, module, properties) => {
    await invoke(module(), eventOf('Create', properties));
    const { PhysicalResourceId } = bucket.answers[0]!;
    expect(PhysicalResourceId).not.toBe('Index-r1');
    const { Resource, called } = resource();
    const deletion = eventOf('Delete', properties, { PhysicalResourceId });
    expect(await invoke({ providers: [Resource] }, deletion)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId });
    expect(called).toEqual([]);
  });

  it('is not what fails halfway: there may be something to delete', async () => {
    await invoke({ providers: [resource(() => Promise.reject(new Error('Halfway'))).Resource] }, eventOf());
    const { Resource, called } = resource();
    await invoke(
      { providers: [Resource] },
      eventOf('Delete', VALID, { PhysicalResourceId: bucket.answers[0]!.PhysicalResourceId }),
    );
    expect(called).toHaveLength(1);
  });

  it('keeps its name where it is updated or deleted', async () => {
    for (const requestType of ['Update', 'Delete'] as const)
      await invoke({ providers: [resource().Resource] }, eventOf(requestType, SECRET));
    expect(bucket.answers).toMatchObject([{ PhysicalResourceId: 'index-1' }, { PhysicalResourceId: 'index-1' }]);
  });
});

describe('a method that answers by itself', () => {
  it('is not answered for', async () => {
    const { Resource } = resource(async (event) => {
      await respondToCustomResource({ ...event }, () => ({ data: { by: 'itself' } }));
      return { told: 'nobody' };
    });
    expect(await invoke({ providers: [Resource] }, eventOf())).toEqual({ told: 'nobody' });
    expect(bucket.answers).toMatchObject([{ Status: 'SUCCESS', Data: { by: 'itself' } }]);
  });

  it('has nothing undone by what it throws afterwards', async () => {
    const { Resource } = resource(async (event) => {
      await respondToCustomResource(event, () => undefined);
      throw new Error('Too late');
    });
    expect(await invoke({ providers: [Resource] }, eventOf())).toMatchObject({ Status: 'SUCCESS' });
    expect(bucket.answers).toMatchObject([{ Status: 'SUCCESS' }]);
    expect(failures()).toMatchObject([{ reason: 'Error: Too late' }]);
  });

  it('can answer once', async () => {
    const { Resource } = resource(async (event) => {
      await respondToCustomResource(event, () => undefined);
      await respondToCustomResource(event, () => Promise.reject(new Error('Done again')));
    });
    await invoke({ providers: [Resource] }, eventOf());
    expect(bucket.answers).toMatchObject([{ Status: 'SUCCESS' }]);
    expect(failures()).toMatchObject([{ reason: expect.stringContaining('accepts only one') as string }]);
  });

  it('can not answer when it has been answered for', async () => {
    let late: unknown;
    let working: Promise<void> | undefined;
    const { Resource } = resource(
      (event) =>
        (working = respondToCustomResource(event, () => starting as Promise<void>).then(
          undefined,
          (error: unknown) => void (late = error),
        ) as Promise<void>),
    );
    expect(await invoke({ providers: [Resource] }, eventOf(), { remainingTime: 1200 })).toMatchObject({
      Status: 'FAILED',
    });
    started();
    await working;
    expect(String(late)).toContain('accepts only one');
    expect(bucket.answers).toHaveLength(1);
  });

  it('may leave the answer to somebody else', async () => {
    let later: CloudFormationCustomResourceEvent | undefined;
    const { Resource } = resource((event) => {
      deferCustomResource(event);
      later = event;
      return { execution: 'arn:aws:states:…' };
    });
    expect(await invoke({ providers: [Resource] }, eventOf())).toEqual({ execution: 'arn:aws:states:…' });
    expect(bucket.answers).toEqual([]);
    await respondToCustomResource(later!, () => ({ physicalResourceId: 'index-7' }));
    expect(bucket.answers).toMatchObject([{ Status: 'SUCCESS', PhysicalResourceId: 'index-7' }]);
  });

  it('has failed where it leaves the answer to somebody else, and throws', async () => {
    const { Resource } = resource((event) => {
      deferCustomResource(event);
      throw new Error('No state machine');
    });
    expectFailed(await invoke({ providers: [Resource] }, eventOf()), /No state machine/);
  });
});

describe('an answer', () => {
  it('is put again where that fails by chance', async () => {
    bucket.statuses.push(500, 503);
    await invoke({ providers: [resource().Resource] }, eventOf());
    expect(bucket.answers).toMatchObject([{ Status: 'SUCCESS' }]);
    expect(bucket.requests).toHaveLength(3);
  });

  it('that is refused fails the invocation, so that Lambda tries again', async () => {
    bucket.statuses.push(403);
    await expect(invoke({ providers: [resource().Resource] }, eventOf())).rejects.toThrow(
      'The response URL responded with status 403',
    );
    expect(bucket.requests).toHaveLength(1);
  });

  it('that a method could not deliver fails the invocation, too', async () => {
    bucket.statuses.push(403);
    const { Resource } = resource((event) => respondToCustomResource(event, () => undefined));
    await expect(invoke({ providers: [Resource] }, eventOf())).rejects.toThrow(
      'The response URL responded with status 403',
    );
  });

  it('is tried as long as there is time', async () => {
    bucket.statuses.push(...Array.from({ length: 20 }, () => 500));
    const context = fakeContext({ remainingTime: 1000 });
    await expect(createApp({ providers: [resource().Resource] }).handler(eventOf(), context)).rejects.toThrow(
      'The response URL responded with status 500',
    );
    expect(bucket.requests.length).toBeGreaterThan(1);
    expect(bucket.requests.length).toBeLessThan(20);
  });

  it("is each event's own", async () => {
    const app = createApp({ providers: [resource((event) => ({ data: { of: event.RequestId } })).Resource] });
    const sent = await Promise.all(
      ['a', 'b', 'c'].map((RequestId) =>
        app.handler(eventOf('Create', RequestId === 'b' ? SECRET : VALID, { RequestId }), fakeContext()),
      ),
    );
    expect(sent).toMatchObject([
      { RequestId: 'a', Data: { of: 'a' } },
      { RequestId: 'b', Status: 'FAILED' },
      { RequestId: 'c', Data: { of: 'c' } },
    ]);
  });
});

describe('nobody is asked for at', () => {
  it.each([
    'http://169.254.169.254/latest/api/token',
    'http://10.0.0.7/admin',
    'https://example.com/answer',
    'https://example.amazonaws.com/answer',
    'http://cloudformation-custom-resource-response-useast1.s3.amazonaws.com/answer',
    'https://cloudformation-custom-resource-response-useast1.s3.amazonaws.com.example.com/answer',
    'https://cloudformation-custom-resource-response-useast1.s3.amazonaws.com:8443/answer',
    'https://user@evil.example/cloudformation-custom-resource-response-useast1.s3.amazonaws.com',
    'file:///etc/passwd',
  ])('%s: whoever invokes is given the result, and the log tells', async (ResponseURL) => {
    const asked = [jest.spyOn(http, 'request'), jest.spyOn(https, 'request')];
    const { Resource } = resource(() => 'done');
    expect(await invoke({ providers: [Resource] }, eventOf('Create', VALID, { ResponseURL }))).toBe('done');
    await expect(invoke({ providers: [Resource] }, eventOf('Create', SECRET, { ResponseURL }))).rejects.toThrow(
      'size must be an integer number',
    );
    await expect(respondToCustomResource(eventOf('Create', VALID, { ResponseURL }), never)).rejects.toThrow(
      "ResponseURL is text: it should be a URL of one of CloudFormation's buckets",
    );
    for (const spy of asked) expect(spy).not.toHaveBeenCalled();
    const warnings = stdout.lines().filter(({ level }) => level === 'warning');
    expect(warnings).toMatchObject(Array.from({ length: 2 }, () => ({ host: new URL(ResponseURL).host })));
  });

  it('this machine, in Lambda', async () => {
    process.env['AWS_LAMBDA_INITIALIZATION_TYPE'] = 'on-demand';
    try {
      await invoke({ providers: [resource().Resource] }, eventOf());
      expect(bucket.requests).toEqual([]);
      process.env['AWS_ENDPOINT_URL'] = new URL(bucket.url).origin;
      expect(await invoke({ providers: [resource().Resource] }, eventOf())).toMatchObject({ Status: 'SUCCESS' });
    } finally {
      delete process.env['AWS_LAMBDA_INITIALIZATION_TYPE'];
      delete process.env['AWS_ENDPOINT_URL'];
    }
  });

  it('a URL that a message names', async () => {
    class Messages {
      @OnSqs() take(): void {}
    }
    const { Resource, called } = resource();
    const hidden = { ...eventOf(), ...events.s3({ bucket: 'uploads', key: 'a' }) };
    const app = createApp({ providers: [Messages, Resource] });
    await app.handler(events.sqs('orders', [eventOf(), hidden]), fakeContext());
    await app.handler(events.sns('orders', [eventOf()]), fakeContext()).catch(() => undefined);
    await app.handler(events.eventBridge({ detail: eventOf() }), fakeContext()).catch(() => undefined);
    expect([called, bucket.requests]).toEqual([[], []]);
  });
});

const framework = (properties: object = VALID) => eventOf('Create', properties, { ResponseURL: '...' });

describe('a program that waits for the result itself, as the provider framework of CDK', () => {
  it('is given the result as it is', async () => {
    expect(
      await invoke({ providers: [resource(() => ({ PhysicalResourceId: 'x', Data: {} })).Resource] }, framework()),
    ).toEqual({ PhysicalResourceId: 'x', Data: {} });
  });

  it('is told of failures by an error', async () => {
    await expect(invoke({ providers: [resource().Resource] }, framework(SECRET))).rejects.toThrow(
      'body.ResourceProperties.size: size must be an integer number',
    );
  });
});
