import type { Service } from './service.js';

export const config: Service = {
  about: 'Environment variables, parameters and secrets in a checked class',
  packages: [],
  folder: 'config',
  module: ['AppConfigModule', 'app-config.module'],
  lambentModule: 'ConfigModule',
  variables: `STAGE=dev
PAGE_SIZE=20
REQUEST_TIMEOUT=5s
`,
  next: ['Put your variables into AppConfig, and inject it where you need them.'],
  page: 'environment-variables.md',
  files: () => ({
    'app-config.ts': `import { IsIn, IsInt, Max, Min } from 'class-validator';
import { Duration } from 'lambent/config';

/**
 * Settings that differ between deployments. Each variable is checked at the start; one without a default must be set.
 */
export class AppConfig {
  @IsIn(['dev', 'test', 'prod']) stage = 'dev'; // STAGE
  @IsInt() @Min(1) @Max(100) pageSize = 20; // PAGE_SIZE
  @Duration('milliseconds') requestTimeout = 5000; // REQUEST_TIMEOUT, such as 500ms or 5s
}
`,
    'app-config.module.ts': `import { Module } from 'lambent';
import { ConfigModule } from 'lambent/config';
import { AppConfig } from './app-config.js';

/** Reads AppConfig, for every module. */
@Module({ imports: [ConfigModule.forRoot(AppConfig)] })
export class AppConfigModule {}
`,
    'app-config.spec.ts': `import { Test } from 'lambent/testing';
import { AppConfig } from './app-config.js';
import { AppConfigModule } from './app-config.module.js';

const start = () => Test.createTestingModule({ imports: [AppConfigModule] }).compile();

beforeEach(() => {
  process.env.STAGE = 'test';
  process.env.PAGE_SIZE = '50';
  process.env.REQUEST_TIMEOUT = '2s';
});

test('variables are read and converted', async () => {
  const app = await start();
  expect(app.get(AppConfig)).toEqual({ stage: 'test', pageSize: 50, requestTimeout: 2000 });
  await app.close();
});

test('an application with wrong variables does not start, and names all of them', async () => {
  process.env.STAGE = 'somewhere';
  process.env.PAGE_SIZE = 'many';
  await expect(start()).rejects.toThrow(/STAGE[^]*PAGE_SIZE/);
});
`,
  }),
};
