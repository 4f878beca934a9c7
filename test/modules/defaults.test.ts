import { Inject, Injectable, Optional } from '../../src/decorators/injectable.js';
import { build, rootOf } from './build-container.js';

// In an application's methods: test/application/injected-defaults.test.ts.
@Injectable()
class Cache {
  @Optional() @Inject('TTL') property = 60;
  @Optional() @Inject('TTL') declared?: number;
  constructor(
    @Optional() @Inject('TTL') readonly parameter = 60,
    @Inject('TTL') @Optional() readonly other: number = 60,
  ) {}
}

class Below extends Cache {
  override property = 30;
}

function ttlsOf({ property, declared, parameter, other }: Cache): unknown[] {
  return [property, declared, parameter, other];
}

const factory = { provide: 'factory', useFactory: (ttl = 60) => ttl, inject: [{ token: 'TTL', optional: true }] };

test('what is optional keeps its default where nobody provides it', async () => {
  const container = await build(rootOf({ providers: [Cache, Below, factory] }));
  expect(ttlsOf(container.get(Cache))).toEqual([60, undefined, 60, 60]);
  expect(ttlsOf(container.get(Below))).toEqual([30, undefined, 60, 60]);
  expect(container.get('factory')).toBe(60);
});

test('and where what is provided is undefined', async () => {
  const container = await build(rootOf({ providers: [Cache, factory, { provide: 'TTL', useValue: undefined }] }));
  expect(ttlsOf(container.get(Cache))).toEqual([60, undefined, 60, 60]);
  expect(container.get('factory')).toBe(60);
});

test.each([5, 0, null, '', false])('what is provided takes its place: %p', async (ttl) => {
  const container = await build(rootOf({ providers: [Cache, Below, factory, { provide: 'TTL', useValue: ttl }] }));
  expect(ttlsOf(container.get(Cache))).toEqual([ttl, ttl, ttl, ttl]);
  expect(container.get(Below).property).toBe(ttl);
  expect(container.get('factory')).toBe(ttl);
});
