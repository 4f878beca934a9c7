import { Logger } from '../../src/contracts/logger.js';
import { Injectable } from '../../src/decorators/injectable.js';
import { Body, Param, Req, RequestId } from '../../src/decorators/parameters.js';
import { Controller, Post } from '../../src/decorators/routes.js';
import { ConflictException } from '../../src/errors/exceptions.js';
import { Request } from '../../src/http/request/request.js';
import { Response } from '../../src/http/response/response.js';
import { getLogger } from '../../src/logging/logger/current-logger.js';
import { Scope } from '../../src/shared/provider.js';
import { inject } from '../../src/testing/inject.js';
import { type CapturedStdout, captureStdout } from '../logging/captured-stdout.js';
import { createApp, type Source, SOURCES } from './create-app.js';

let stdout: CapturedStdout;
beforeEach(() => void (stdout = captureStdout()));
afterEach(() => jest.restoreAllMocks());

let made = 0;
let released = 0;

@Injectable({ scope: Scope.REQUEST })
class Session {
  readonly number = ++made;
  seen: string[] = [];
  constructor(readonly request: Request) {}
  [Symbol.dispose]() {
    released++;
  }
}

@Injectable()
class Service {
  constructor(private readonly session: Session) {}
  async work(step: string) {
    await pause();
    this.session.seen.push(`${step} ${this.session.request.params['n']}`);
    getLogger().set({ [step]: this.session.request.params['n'] });
    return this.session;
  }
}

const pause = () => new Promise((resolve) => setTimeout(resolve, Math.random() * 10));

@Controller('jobs')
class Jobs {
  constructor(
    private readonly service: Service,
    private readonly session: Session,
    private readonly logger: Logger,
  ) {}

  @Post(':n')
  async run(
    @Param('n') n: string,
    @Body('n') body: string,
    @Req() request: Request,
    @RequestId() id: string,
    response: Response,
    signal: AbortSignal,
  ) {
    await this.service.work('first');
    this.logger.info('working', { n });
    const session = await this.service.work('second');
    response.headers['x-n'] = n;
    response.cookie('n', n);
    if (Number(n) % 7 === 0) throw new ConflictException(n);
    return {
      n,
      body,
      id,
      query: request.query['n'],
      same: session === this.session,
      seen: session.seen,
      aborted: signal.aborted,
    };
  }
}

const sourceOf = (n: string) => SOURCES[Number(n) % SOURCES.length] as Source;

test('a thousand invocations at once each see their own event, logger, fields, request scope and response', async () => {
  const app = createApp({ controllers: [Jobs], providers: [Service, Session] });
  const numbers = Array.from({ length: 1000 }, (_, index) => String(index));
  const answers = await Promise.all(
    numbers.map((n) =>
      inject(app, {
        source: sourceOf(n),
        method: 'POST',
        url: `/jobs/${n}?n=${n}`,
        payload: { n },
        headers: { 'x-request-id': `id-${n}` },
      }),
    ),
  );
  for (const n of numbers) {
    const answer = answers[Number(n)]!;
    expect(answer.headers['x-request-id']).toBe(`id-${n}`);
    if (Number(n) % 7 === 0) {
      expect([answer.statusCode, answer.payload, answer.cookies]).toEqual([409, `{"detail":"${n}"}`, []]);
    } else {
      expect([answer.headers['x-n'], answer.cookies]).toEqual([n, [expect.stringMatching(new RegExp(`^n=${n}(;|$)`))]]);
      expect(answer.json()).toEqual({
        n,
        body: n,
        id: `id-${n}`,
        query: n,
        same: true,
        seen: [`first ${n}`, `second ${n}`],
        aborted: false,
      });
    }
  }
  const lines = stdout.lines();
  const byId = (key: string, value: string) =>
    new Map(lines.filter((line) => line[key] === value).map((line) => [line['id'], line]));
  const [access, own] = [byId('type', 'access'), byId('message', 'working')];
  for (const n of numbers) {
    expect(access.get(`id-${n}`)).toMatchObject({
      path: `/jobs/${n}`,
      first: n,
      second: n,
      status_code: Number(n) % 7 === 0 ? 409 : 200,
    });
    expect(own.get(`id-${n}`)).toMatchObject({ n });
  }
  expect(lines.filter(({ cold_start: cold }) => cold === true)).toHaveLength(1);
  expect([made, released]).toEqual([1000, 1000]);
});
