import type { Service } from './service.js';

export const health: Service = {
  about: 'Checks of what the application needs, at /health',
  packages: [],
  folder: 'health',
  module: ['AppHealthModule', 'app-health.module'],
  lambentModule: 'HealthModule',
  next: ['Check what the application needs: dynamoDbCheck, sqsCheck, httpCheck, or a function of your own.'],
  page: 'health.md',
  files: () => ({
    'app-health.module.ts': `import { access, constants } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { Module } from 'lambent';
import { HealthModule } from 'lambent/health';

/** GET /health responds with 200 while all checks succeed, and with 503 otherwise. */
@Module({
  imports: [
    HealthModule.forRoot({
      checks: {
        // A check that throws is down. For AWS and HTTP there are dynamoDbCheck, sqsCheck and httpCheck.
        temporaryFiles: () => access(tmpdir(), constants.W_OK),
      },
    }),
  ],
})
export class AppHealthModule {}
`,
    'app-health.module.spec.ts': `import { Test } from 'lambent/testing';
import { AppHealthModule } from './app-health.module.js';

test('GET /health reports what works', async () => {
  const app = await Test.createTestingModule({ imports: [AppHealthModule] }).compile();
  const response = await app.inject({ url: '/health' });
  expect(response.statusCode).toBe(200);
  expect(response.json()).toMatchObject({ status: 'ok', details: { temporaryFiles: { status: 'up' } } });
  await app.close();
});
`,
  }),
};
