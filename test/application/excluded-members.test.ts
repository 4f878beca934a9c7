import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { Exclude, Expose } from 'class-transformer';
import { IsInt, IsString } from 'class-validator';
import { connectionsClient } from '../../src/aws/websocket-connections.js';
import type { CallHandler, ExceptionFilter, Interceptor } from '../../src/contracts/pipeline.js';
import { OnEvent, OnSqs, OnWebSocket } from '../../src/decorators/consumers.js';
import { UseFilters, UseInterceptors } from '../../src/decorators/enhancers.js';
import { Body, Param } from '../../src/decorators/parameters.js';
import { Controller, Get, Post } from '../../src/decorators/routes.js';
import { BadRequestException, NotFoundException } from '../../src/errors/exceptions.js';
import type { ValidationException } from '../../src/errors/validation-exception.js';
import { respondToCustomResource } from '../../src/events/custom-resource.js';
import { EventSourceResponse } from '../../src/http/response/event-source-response.js';
import { JsonResponse } from '../../src/http/response/json-response.js';
import { Response } from '../../src/http/response/response.js';
import { events } from '../../src/testing/events.js';
import { fakeContext } from '../../src/testing/fake-context.js';
import { inject } from '../../src/testing/inject.js';
import { ValidationPipe } from '../../src/validation/pipes/validation-pipe.js';
import { captureStdout } from '../logging/captured-stdout.js';
import { appOf, createApp, SOURCES } from './create-app.js';

const SECRET = 'hunter2';

class User {
  name = 'Ada';
  @Exclude() password = SECRET;
}

class Team {
  @Exclude() token = SECRET;
  lead = new User();
  @Expose() get members(): User[] {
    return [new User()];
  }
}

/** As an entity of a database's library: nothing of it is decorated, what it gives is. */
class Entity {
  toJSON(): unknown {
    return { team: new Team(), map: new Map([['a', new User()]]), set: new Set([new User()]) };
  }
}

const result = () => ({ entity: new Entity(), list: [new User(), new Entity()] });

class Answering implements ExceptionFilter {
  catch(): unknown {
    return result();
  }
}

class Wrapping implements Interceptor {
  intercept(): Promise<unknown> {
    return Promise.resolve({ wrapped: result() });
  }
}

@Controller()
class Results {
  @Get('returned') returned(): unknown {
    return result();
  }
  @Get('promised') async promised(): Promise<unknown> {
    return result();
  }
  @Get('response') response(): Response {
    return new Response(result());
  }
  @Get('json') json(): Response {
    return new JsonResponse(new Entity());
  }
  @Get('events') events(): Response {
    return new EventSourceResponse([{ data: result() }, { data: new Entity() }]);
  }
  @Get('thrown') thrown(): never {
    throw new BadRequestException(result());
  }
  @UseFilters(Answering) @Get('filtered') filtered(): never {
    throw new NotFoundException();
  }
  @UseInterceptors(Wrapping) @Get('wrapped') wrapped(): void {}
}

afterEach(() => jest.restoreAllMocks());

describe.each(SOURCES)('what a class excludes does not leave through %s', (source) => {
  it.each(['returned', 'promised', 'response', 'json', 'events', 'thrown', 'filtered', 'wrapped'])(
    'where it is %s',
    async (path) => {
      captureStdout();
      const { payload } = await inject(appOf(Results), { source, url: `/${path}` });
      expect(payload).toContain('"name":"Ada"');
      expect(payload).not.toContain(SECRET);
    },
  );
});

class Aged {
  @IsInt() age!: number;
}

class Named {
  @IsString({ context: { owner: new User() } }) name!: string;
}

/** Adds what nobody else may see to the errors of a validation. */
async function telling(read: () => unknown): Promise<unknown> {
  try {
    return await read();
  } catch (error) {
    (error as ValidationException).detail[0]!.context = { owner: new User() };
    throw error;
  }
}

class TellingInterceptor implements Interceptor {
  intercept(_context: unknown, next: CallHandler): Promise<unknown> {
    return telling(() => next.handle());
  }
}

class TellingPipe extends ValidationPipe {
  override transform(...given: Parameters<ValidationPipe['transform']>): Promise<unknown> {
    return telling(() => super.transform(...given));
  }
}

@Controller()
class Validated {
  @Post('rule') rule(@Body() _named: Named): void {}
  @Post('pipe') pipe(@Body(TellingPipe) _aged: Aged): void {}
  @UseInterceptors(TellingInterceptor) @Post('interceptor') interceptor(@Body() _aged: Aged): void {}
  @Post('several/:id') several(@Param('id') _id: string, @Body() _named: Named): void {}
}

it.each(['rule', 'pipe', 'interceptor', 'several/1'])(
  'what a class excludes does not leave in validation errors: %s',
  async (path) => {
    const answer = await inject(appOf(Validated), { method: 'POST', url: `/${path}`, payload: {} });
    expect(answer.statusCode).toBe(422);
    expect(answer.json()).toMatchObject({ detail: [{ context: { owner: { name: 'Ada' } } }] });
    expect(answer.payload).not.toContain(SECRET);
  },
);

class Consumers {
  @OnWebSocket('$default') message(): unknown {
    return result();
  }
  @OnWebSocket('fails') fails(): never {
    throw new BadRequestException(result());
  }
  @OnWebSocket('response') response(): unknown {
    return new JsonResponse(new Entity());
  }
  @OnEvent(() => true) event(): unknown {
    return result();
  }
  @OnSqs('orders', { batch: true }) batch(): unknown {
    return { batchItemFailures: [], note: result() };
  }
}

describe('what a class excludes does not leave', () => {
  it.each([
    ['an answer to a WebSocket', events.webSocket({ route: '$default' })],
    ['an error of a WebSocket', events.webSocket({ route: 'fails' })],
    ['a response to a WebSocket', events.webSocket({ route: 'response' })],
    ['a direct invocation', { any: 'event' }],
    ['a batch', events.sqs('orders', ['a'])],
  ])('in %s', async (_, event) => {
    captureStdout();
    const answer = await createApp({ providers: [Consumers] })
      .handler(event, fakeContext())
      .catch((error: unknown) => ({ error }));
    expect(JSON.stringify(answer)).not.toContain(SECRET);
  });

  it('in the message of an error that whoever invoked the function is given', async () => {
    class Failing {
      @OnEvent(() => true) fail(): never {
        throw new BadRequestException(result());
      }
    }
    const stdout = captureStdout();
    const error = (await createApp({ providers: [Failing] })
      .handler({ any: 'event' }, fakeContext())
      .catch((thrown: unknown) => thrown)) as Error;
    expect(error.message).toContain('"name":"Ada"');
    expect(error.message).not.toContain(SECRET);
    expect(stdout.text()).not.toContain('"message":"Bad Request","errorDetail"');
  });

  it('in what CloudFormation is told', async () => {
    appOf(Results);
    const bodies: Promise<string>[] = [];
    const server = createServer((request, response) => {
      bodies.push(text(request));
      request.once('end', () => response.end());
    }).listen(0);
    const ResponseURL = `http://localhost:${(server.address() as AddressInfo).port}/`;
    const event = {
      RequestType: 'Create',
      ResponseURL,
      StackId: 's',
      RequestId: 'r',
      LogicalResourceId: 'l',
    } as CloudFormationCustomResourceEvent;
    await respondToCustomResource(event, () => ({ data: { user: new User(), entity: new Entity() } }));
    server.close();
    const [sent] = await Promise.all(bodies);
    expect(sent).toContain('"name":"Ada"');
    expect(sent).not.toContain(SECRET);
  });

  it('in what is posted to the client of a WebSocket', async () => {
    appOf(Results);
    const posted: unknown[] = [];
    jest.doMock(
      '@aws-sdk/client-apigatewaymanagementapi',
      () => ({
        ApiGatewayManagementApi: class {
          async postToConnection(input: unknown) {
            posted.push(input);
          }
        },
      }),
      { virtual: true },
    );
    await connectionsClient('https://example.com').post('c', result());
    const sent = Buffer.from((posted[0] as { Data: Uint8Array }).Data).toString();
    expect(sent).toContain('"name":"Ada"');
    expect(sent).not.toContain(SECRET);
  });
});
