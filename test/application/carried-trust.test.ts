import type { ExecutionContext } from '../../src/contracts/pipeline.js';
import { createParamDecorator, Event, Headers, Ip, Req, RequestId } from '../../src/decorators/parameters.js';
import { All, Controller } from '../../src/decorators/routes.js';
import type { Request } from '../../src/http/request/request.js';
import { fromMiddy, type MiddyRequest } from '../../src/pipeline/from-middy.js';
import { events } from '../../src/testing/events.js';
import { fakeContext } from '../../src/testing/fake-context.js';
import { captureStdout } from '../logging/captured-stdout.js';
import { createApp } from './create-app.js';
import { namedIn } from './record-sources.js';

const quiet = { accessLog: false, logger: { silent: true } } as const;
afterEach(() => jest.restoreAllMocks());

/** What only a gateway can vouch for, in every place where an event of some gateway has it. */
const VOUCHED = {
  requestContext: {
    accountId: 'forged',
    apiId: 'forged',
    stage: 'prod',
    domainName: 'forged.lambda-url.us-east-1.on.aws',
    requestId: 'forged-request',
    routeKey: 'forged',
    authorizer: {
      principalId: 'forged',
      claims: { sub: 'forged' },
      jwt: { claims: { sub: 'forged' }, scopes: ['forged'] },
      lambda: { user: 'forged' },
      iam: { userArn: 'forged' },
    },
    authentication: { clientCert: { subjectDN: 'forged' } },
    identity: {
      sourceIp: '6.6.6.6',
      userArn: 'forged',
      cognitoIdentityId: 'forged',
      apiKey: 'forged',
      clientCert: { subjectDN: 'forged' },
      principal: 'forged',
    },
    elb: undefined as unknown,
  },
  pathParameters: { proxy: 'forged', id: 'forged' },
  stageVariables: { role: 'forged' },
  resource: 'forged',
  routeKey: 'forged',
  identity: 'forged',
};

const FORGED_HEADERS = {
  'x-amzn-oidc-identity': 'forged',
  'X-Amzn-Oidc-Data': 'forged',
  'X-Amzn-Mtls-Clientcert-Subject': 'forged',
  'x-amzn-lattice-identity': 'Principal=forged',
  'x-amzn-vpce-id': 'vpce-forged',
  'x-amzn-source-vpc': 'vpc-forged',
  'X-Amzn-Request-Context': '{"authorizer":"forged"}',
  'x-forwarded-for': '6.6.6.6',
  'x-amzn-trace-id': 'Root=1-2-3',
  authorization: 'Bearer token',
};

const request = {
  method: 'POST',
  url: '/x/a%20b?q=1&q=2',
  headers: FORGED_HEADERS,
  payload: { amount: 3 },
  ip: '6.6.6.6',
};

const GATEWAYS = {
  'a REST API': events.apiGatewayV1(request),
  'an HTTP API with payload 1.0': events.httpApiV1(request),
  'an HTTP API': events.apiGatewayV2(request),
  'a Function URL': events.functionUrl(request),
  'a load balancer': events.alb(request),
  'a load balancer with multi-value headers': events.albMultiValue(request),
  'VPC Lattice': events.latticeV1(request),
  'VPC Lattice, V2': events.latticeV2(request),
};

/** Adds what is vouched for, beside what the gateway's own event has. */
function forge(event: object): object {
  const { requestContext } = event as { requestContext?: object };
  return {
    ...VOUCHED,
    ...event,
    pathParameters: VOUCHED.pathParameters,
    requestContext: { ...VOUCHED.requestContext, ...requestContext, authorizer: VOUCHED.requestContext.authorizer },
  };
}

const CARRIERS = {
  sqs: (content: unknown) => events.sqs('api', [content], { messageId: 'm1' }),
  sns: (content: unknown) => events.sns('api', [content], { Sns: { MessageId: 'm1' } }),
  mq: (content: unknown) => events.activeMq('api', [content], { messageID: 'm1' }),
} as const;

interface Seen {
  request: Request;
  event: { requestContext: Record<string, unknown> } & Record<string, unknown>;
  ip: unknown;
  id: string;
  headers: Record<string, string>;
  context: ExecutionContext;
  middy: unknown;
  guard: ExecutionContext;
}

let seen: Partial<Seen>;
beforeEach(() => (seen = {}));

const TheContext = createParamDecorator((_: unknown, context) => context);

@Controller()
class Routes {
  @All('x/:name')
  take(
    @Req() whole: Request,
    @Event() event: Seen['event'],
    @Ip() ip: unknown,
    @RequestId() id: string,
    @Headers() headers: Seen['headers'],
    @TheContext() context: ExecutionContext,
  ) {
    Object.assign(seen, { request: whole, event, ip, id, headers, context });
  }
}

async function carry(carrier: keyof typeof CARRIERS, event: object): Promise<Seen> {
  const app = createApp(
    { controllers: [Routes] },
    {
      ...quiet,
      requestsVia: { [carrier]: ['api'] },
      guards: [{ canActivate: (context) => ((seen.guard = context), true) }],
    },
  );
  await app.handler(JSON.parse(JSON.stringify(CARRIERS[carrier](event))), fakeContext());
  return seen as Seen;
}

const matrix = Object.entries(GATEWAYS).flatMap(([gateway, event]) =>
  (Object.keys(CARRIERS) as (keyof typeof CARRIERS)[]).map((carrier) => ({ gateway, carrier, event: forge(event) })),
);

describe.each(matrix)('a request of $gateway in a message of $carrier', ({ carrier, event }) => {
  it('has method, path, query, headers and body', async () => {
    const { request: whole } = await carry(carrier, event);
    expect([
      whole.method,
      whole.path,
      whole.params['name'],
      whole.query['q'],
      whole.json(),
      whole.header('authorization'),
      whole.header('x-amzn-trace-id'),
    ]).toEqual(['POST', '/x/a%20b', 'a b', expect.anything(), { amount: 3 }, 'Bearer token', 'Root=1-2-3']);
  });

  it('has nothing that a gateway would have to vouch for, whoever looks for it', async () => {
    const { request: whole, event: given, ip, id, headers, context, guard } = await carry(carrier, event);
    expect([whole.ip, ip, id, whole.id]).toEqual([undefined, undefined, 'm1', 'm1']);
    for (const offered of [
      given,
      whole.event,
      context.event,
      guard.event,
      guard.request.event,
      headers,
      whole.headers,
      whole.params,
      whole.queryValue('proxy'),
    ]) {
      expect(JSON.stringify(offered) ?? '').not.toContain('forged');
    }
    const { authorizer, identity, authentication, stage, elb, ...rest } = given.requestContext;
    expect([authorizer, identity, authentication, stage, elb]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(Object.keys(rest)).toEqual('http' in rest ? ['http'] : []);
    for (const name of Object.keys(FORGED_HEADERS).filter((header) => /^x-amzn-(?!trace)/i.test(header))) {
      expect([whole.header(name.toLowerCase()), whole.headerValues(name)]).toEqual([undefined, []]);
    }
  });

  it('says by what it came, to guards and methods', async () => {
    const { request: whole, guard } = await carry(carrier, event);
    expect([whole.via, guard.request.via, guard.getType()]).toEqual([
      { [carrier]: 'api' },
      { [carrier]: 'api' },
      'http',
    ]);
  });
});

it.each(Object.entries(GATEWAYS))('a request that %s delivers came by no message', async (_, event) => {
  await createApp({ controllers: [Routes] }, quiet).handler(event, fakeContext());
  expect(seen.request!.via).toBeUndefined();
});

it('a middy middleware around a route sees no more of it', async () => {
  const noted: unknown[] = [];
  const noting = fromMiddy({ before: ({ event }: MiddyRequest) => void noted.push(event) });
  const app = createApp(
    { controllers: [Routes] },
    {
      ...quiet,
      requestsVia: { sqs: ['api'] },
      interceptors: [{ intercept: (context, next) => noting.intercept(context, next) }],
    },
  );
  await app.handler(events.sqs('api', [forge(GATEWAYS['an HTTP API'])]), fakeContext());
  expect(noted).toMatchObject([
    { rawPath: '/x/a b', body: '{"amount":3}', requestContext: { http: { method: 'POST' } } },
  ]);
  expect(JSON.stringify(noted)).not.toContain('forged');
});

it('the line in the access log names the way, and no address', async () => {
  const stdout = captureStdout();
  const app = createApp({ controllers: [Routes] }, { requestsVia: { sqs: ['api'] }, accessLog: { clientIp: true } });
  await app.handler(events.sqs('api', [forge(GATEWAYS['a load balancer'])]), fakeContext());
  const [line] = stdout.lines();
  expect(line).toMatchObject({ type: 'access', path: '/x/a%20b', status_code: 204, via: { sqs: 'api' } });
  expect(line).not.toHaveProperty('client_ip');
});

it('a guard that wants a caller whom a gateway has authenticated refuses it', async () => {
  const guard = { canActivate: ({ request: { via } }: ExecutionContext) => via === undefined };
  const app = createApp(
    { controllers: [Routes] },
    { ...quiet, guards: [guard], requestsVia: { sqs: ['api'] }, batch: { clientErrors: 'fail' } },
  );
  expect(namedIn(await app.handler(events.sqs('api', [GATEWAYS['a REST API']]), fakeContext()))).toHaveLength(1);
  expect(await app.handler(GATEWAYS['a REST API'], fakeContext())).toMatchObject({ statusCode: 204 });
});
