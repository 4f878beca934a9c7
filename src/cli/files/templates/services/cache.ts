import type { Service } from './service.js';

export const cache: Service = {
  about: 'Results of slow methods in memory, and Cache-Control headers',
  packages: ['lru-cache'],
  folder: 'rates',
  module: ['RatesModule', 'rates.module'],
  next: ['Put @Cached on your own services: the example in src/rates shows how.'],
  page: 'caching.md',
  files: () => ({
    'rates.module.ts': `import { Module } from 'lambent';
import { RatesController } from './rates.controller.js';
import { RatesService } from './rates.service.js';

@Module({ controllers: [RatesController], providers: [RatesService] })
export class RatesModule {}
`,
    'rates.service.ts': `import { randomUUID } from 'node:crypto';
import { Injectable } from 'lambent';
import { Cached } from 'lambent/cache';

@Injectable()
export class RatesService {
  /** Runs once a minute for each currency, however many requests ask. Call another service here. */
  @Cached({ ttl: 60 })
  async of(currency: string) {
    return { currency, rate: 1.08, revision: randomUUID() };
  }
}
`,
    'rates.controller.ts': `import { Controller, Get, Param } from 'lambent';
import { CacheControl } from 'lambent/cache';
import { RatesService } from './rates.service.js';

@Controller('rates')
export class RatesController {
  constructor(private readonly rates: RatesService) {}

  /** Browsers and CDNs may keep the response, too. */
  @CacheControl({ public: true, maxAge: 60 })
  @Get(':currency')
  get(@Param('currency') currency: string) {
    return this.rates.of(currency);
  }
}
`,
    'rates.controller.spec.ts': `import { Test, type TestingApplication } from 'lambent/testing';
import { RatesModule } from './rates.module.js';

let app: TestingApplication;

beforeAll(async () => {
  app = await Test.createTestingModule({ imports: [RatesModule] }).compile();
});

afterAll(() => app?.close());

test('GET /rates/:currency reads each currency once', async () => {
  const read = async (currency: string) => {
    const response = await app.inject({ url: \`/rates/\${currency}\` });
    return response.json<{ revision: string }>();
  };
  const [first, again, other] = [await read('EUR'), await read('EUR'), await read('CHF')];
  expect(again).toEqual(first);
  expect(other.revision).not.toBe(first.revision);
});

test('GET /rates/:currency may be kept for a minute', async () => {
  const { headers } = await app.inject({ url: '/rates/EUR' });
  expect(headers['cache-control']).toBe('public, max-age=60');
});
`,
  }),
};
