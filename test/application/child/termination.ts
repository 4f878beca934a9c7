import 'reflect-metadata';
import { LambdaApplication } from '../../../src/application/lambda-application.js';
import { Injectable } from '../../../src/decorators/injectable.js';
import { Module } from '../../../src/decorators/module.js';

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

async function main(): Promise<void> {
  const app = LambdaApplication.create(AppModule);
  await app.enterAsyncContext(() => 'pool', () => report('pool closed'));
  await app.ready();
  if (mode === 'two') await LambdaApplication.create(AppModule).ready();
  if (mode === 'closed') await app.close();
  report(`listeners ${process.listenerCount('SIGTERM')}`);
  if (mode === 'closed') return;
  setInterval(() => undefined, 1000);
  process.kill(process.pid, 'SIGTERM');
  if (mode === 'twice') process.kill(process.pid, 'SIGTERM');
}

void main();
