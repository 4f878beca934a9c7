import { documentation } from '../../../../shared/documentation.js';
import type { Files } from '../../changes.js';
import type { ProjectSettings } from './project-settings.js';

export function appModuleText({ name }: ProjectSettings): string {
  return `import 'reflect-metadata';
import { Module } from 'lambent';
import { HealthModule } from 'lambent/health';
import { OpenApiModule } from 'lambent/openapi';
import { HelloModule } from './hello/hello.module.js';

@Module({
  imports: [
    // GET /health, for monitors. Checks say whether databases, queues and other services can be reached.
    HealthModule.forRoot({ checks: {} }),
    // GET /docs, a page to read and to try out, and GET /openapi.json.
    OpenApiModule.forRoot({ title: '${name}', version: '0.1.0' }),
    HelloModule,
  ],
})
export class AppModule {}
`;
}

export function handlerText(): string {
  return `import { LambdaApplication } from 'lambent';
import { AppModule } from './app.module.js';
import { options } from './options.js';

// The handler that Lambda calls. The bootstrap finishes during the init phase, before the first event.
export const { handler } = await LambdaApplication.create(AppModule, options).ready();
`;
}

export function optionsText(): string {
  return `import type { ApplicationOptions } from 'lambent';

// The options of the application, for the handler and for tests.
// They harden a function that is open to the public:
// ${documentation('security.md')}
export const options: ApplicationOptions = {
  // Reject members that have no validation rule, so that only declared input reaches your methods.
  validation: { whitelist: true, forbidNonWhitelisted: true },
  // Send security headers with every response: HSTS, nosniff, no framing, no referrers.
  securityHeaders: true,
  // Respond to unexpected errors with a 500 that has CORS headers and no details. The details are logged.
  unhandledErrors: 'respond',
  // Treat no message as a request, whatever it looks like. Name the queues whose messages are requests.
  requestsVia: {},
  // Enough for JSON bodies. Raise the limit if the function accepts uploads.
  bodyLimit: '1mb',
};
`;
}

/** An example module with a route, a validated body, a service and tests. */
export function helloFiles(): Files {
  return {
    'src/hello/hello.module.ts': MODULE,
    'src/hello/hello.controller.ts': CONTROLLER,
    'src/hello/hello.controller.spec.ts': CONTROLLER_SPEC,
    'src/hello/hello.service.ts': SERVICE,
    'src/hello/hello.service.spec.ts': SERVICE_SPEC,
    'src/hello/dto/greeting.dto.ts': DTO,
  };
}

const MODULE = `import { Module } from 'lambent';
import { HelloController } from './hello.controller.js';
import { HelloService } from './hello.service.js';

@Module({
  controllers: [HelloController],
  providers: [HelloService],
})
export class HelloModule {}
`;

const CONTROLLER = `import { Controller, Get, Param, Post } from 'lambent';
import { GreetingDto } from './dto/greeting.dto.js';
import { HelloService } from './hello.service.js';

@Controller('hello')
export class HelloController {
  constructor(private readonly hello: HelloService) {}

  @Get(':name')
  greet(@Param('name') name: string) {
    return this.hello.greet(name);
  }

  // A parameter whose class has validation rules is the body. An invalid body gets a 422 response.
  @Post()
  greetTimes({ name, times }: GreetingDto) {
    return Array.from({ length: times }, () => this.hello.greet(name));
  }
}
`;

const CONTROLLER_SPEC = `import { Test, type TestingApplication } from 'lambent/testing';
import { options } from '../options.js';
import { HelloModule } from './hello.module.js';

let app: TestingApplication;

beforeAll(async () => {
  app = await Test.createTestingModule({ imports: [HelloModule] }, options).compile();
});

afterAll(() => app?.close());

test('GET /hello/:name greets', async () => {
  const response = await app.inject({ url: '/hello/Ada' });
  expect(response.statusCode).toBe(200);
  expect(response.json()).toEqual({ message: 'Hello, Ada!' });
});

test('POST /hello repeats the greeting', async () => {
  const response = await app.inject({ method: 'POST', url: '/hello', payload: { name: 'Ada', times: 2 } });
  expect(response.json()).toEqual([{ message: 'Hello, Ada!' }, { message: 'Hello, Ada!' }]);
});

test('POST /hello rejects an invalid body', async () => {
  const response = await app.inject({ method: 'POST', url: '/hello', payload: { name: 'Ada', times: 11 } });
  expect(response.statusCode).toBe(422);
  expect(response.json()).toEqual({
    detail: [{ loc: ['body', 'times'], msg: 'times must not be greater than 10', type: 'max' }],
  });
});
`;

const SERVICE = `import { Injectable } from 'lambent';

@Injectable()
export class HelloService {
  greet(name: string) {
    return { message: \`Hello, \${name}!\` };
  }
}
`;

const SERVICE_SPEC = `import { HelloService } from './hello.service.js';

test('a greeting contains the name', () => {
  expect(new HelloService().greet('Ada')).toEqual({ message: 'Hello, Ada!' });
});
`;

const DTO = `import { IsInt, IsString, Length, Max, Min } from 'class-validator';

export class GreetingDto {
  @IsString()
  @Length(1, 100)
  name!: string;

  @IsInt()
  @Min(1)
  @Max(10)
  times!: number;
}
`;
