import 'reflect-metadata';
import { LambdaApplication } from '../../../src/application/lambda-application.js';
import { Injectable } from '../../../src/decorators/injectable.js';
import { Module } from '../../../src/decorators/module.js';
import { Controller, Get } from '../../../src/decorators/routes.js';
import { lazy } from '../../../src/shared/module.js';
import { fakeContext } from '../../../src/testing/fake-context.js';
import { httpEvents } from '../../../src/testing/http-events.js';

// Started by termination.test.ts: reports on stdout what happens to it.
const report = (line: string) => process.stdout.write(`${line}\n`);
const mode = process.argv[3];

@Injectable()
class Database {
  async onModuleDestroy(signal?: string) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    report(`destroy ${signal}`);
    if (mode === 'failing') throw new Error('the hook failed');
  }

  onApplicationShutdown(signal?: string) {
    report(`shutdown ${signal}`);
  }
}

@Module({ providers: [Database] })
class AppModule {}

@Module({ providers: [{ provide: 'URL', useFactory: () => Promise.reject(new Error('no URL')) }] })
class BrokenModule {}

const never = () => new Promise<never>(() => undefined);

/** Has a hook, a disposal or a resource that never comes to its end. */
@Injectable()
class Stuck {
  constructor(readonly database: Database) {}
  onModuleDestroy() {
    return mode === 'stuck-hook' ? never() : undefined;
  }

  [Symbol.asyncDispose]() {
    return mode === 'stuck-disposal' ? never() : Promise.resolve();
  }
}

@Injectable()
class Worker {
  constructor(readonly stuck: Stuck) {}
}

const pool = { provide: 'pool', useFactory: () => 'pool', dispose: () => void report('pool disposed') };
@Module({ providers: [pool, Database, Stuck, Worker] })
class StuckModule {}

@Module({ providers: [Database, pool, { provide: 'never', useFactory: never }] })
class StartingModule {}

@Controller()
class Slow {
  @Get() async get() {
    await new Promise((resolve) => setTimeout(resolve, 100));
    report('answered');
  }
}

@Module({ providers: [Database, pool], controllers: [Slow], imports: [lazy('stuck', never)] })
class ServingModule {}

/** SIGTERM before the application is there, or while it has something to do. */
async function early(): Promise<void> {
  const app = LambdaApplication.create(mode === 'starting' ? StartingModule : ServingModule, { accessLog: false });
  setInterval(() => undefined, 1000);
  if (mode !== 'starting') {
    await app.ready();
    void app
      .handler(httpEvents.apiGatewayV2({ url: mode === 'stuck' ? '/stuck' : '/' }), fakeContext())
      .catch(() => undefined);
  }
  setTimeout(() => process.kill(process.pid, 'SIGTERM'), 20);
}

/** SIGTERM where one step of the shutdown never comes to its end. */
async function stuckStep(): Promise<void> {
  const app = await LambdaApplication.create(StuckModule).ready();
  await app.enterAsyncContext(
    () => 'pool',
    () => report('pool closed'),
  );
  await app.enterAsyncContext(
    () => 'line',
    () => (mode === 'stuck-resource' ? never() : undefined),
  );
  setInterval(() => undefined, 1000);
  process.kill(process.pid, 'SIGTERM');
}

async function main(): Promise<void> {
  if (mode?.startsWith('stuck-')) return stuckStep();
  if (mode === 'starting' || mode === 'stuck' || mode === 'serving') return early();
  const app = LambdaApplication.create(mode === 'broken' ? BrokenModule : AppModule);
  await app.enterAsyncContext(
    () => 'pool',
    () => report('pool closed'),
  );
  if (mode !== 'broken') await app.ready();
  if (mode === 'two') await LambdaApplication.create(AppModule).ready();
  if (mode === 'closed') await app.close();
  report(`listeners ${process.listenerCount('SIGTERM')}`);
  if (mode === 'closed') return;
  setInterval(() => undefined, 1000);
  process.kill(process.pid, 'SIGTERM');
  if (mode === 'twice') process.kill(process.pid, 'SIGTERM');
}

void main();
