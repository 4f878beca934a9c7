// Compiled by `npm run types`, never run.
import { CacheControl, Cached } from '../../src/cache/index.js';

interface User {
  readonly id: string;
}

export class Users {
  @Cached({ ttl: 60 })
  async find(id: string): Promise<User> {
    return { id };
  }

  @Cached({ ttl: 0.5, max: 10, by: (user: User) => user.id })
  async load(user: User, _signal: AbortSignal): Promise<User> {
    return user;
  }

  @Cached({ ttl: 1, by: () => ['all'] })
  list(): Promise<User[]> {
    return Promise.resolve([]);
  }

  // @ts-expect-error: a value that is there at once needs no promise
  @Cached({ ttl: 1 })
  now(): number {
    return 1;
  }

  // @ts-expect-error: `by` takes the arguments of the method
  @Cached({ ttl: 1, by: (id: number) => id })
  async other(id: string): Promise<string> {
    return id;
  }

  @CacheControl({ public: true, maxAge: 60, sMaxAge: 3600 })
  get(): void {}
}

// @ts-expect-error: how long is always said
Cached({});
// @ts-expect-error: no such directive
CacheControl({ maxage: 5 });
