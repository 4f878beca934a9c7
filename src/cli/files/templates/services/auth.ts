import { documentation } from '../../../../shared/documentation.js';
import type { Service } from './service.js';

export const auth: Service = {
  about: 'Authentication with tokens of Cognito, Auth0, Entra ID and others',
  packages: ['aws-jwt-verify'],
  folder: 'auth',
  module: ['AuthModule', 'auth.module'],
  lambentModule: 'JwtModule',
  variables: `# The issuer of the tokens, and the audience ("aud") that they must have.
JWT_ISSUER=https://auth.example.com
JWT_AUDIENCE=api
`,
  next: [
    'Set JWT_ISSUER and JWT_AUDIENCE in .env and for the deployed function. Until then, every token is refused.',
    'Guard your routes with @Authenticated(), @Roles(…) or @Scopes(…).',
    `Sign tokens to try them: ${documentation('authentication.md#call-protected-routes-on-your-machine')}`,
  ],
  page: 'authentication.md',
  files: () => ({
    'auth.module.ts': `import { Module } from 'lambent';
import { JwtModule } from 'lambent/auth';
import { MeController } from './me.controller.js';

/** Verifies the tokens that callers send, in every module. */
@Module({
  imports: [
    JwtModule.forRoot({
      issuer: process.env.JWT_ISSUER ?? 'https://auth.example.com',
      audience: process.env.JWT_AUDIENCE ?? 'api',
    }),
  ],
  controllers: [MeController],
})
export class AuthModule {}
`,
    'me.controller.ts': `import { Controller, Get } from 'lambent';
import { Authenticated, CurrentUser, type RequestUser } from 'lambent/auth';

@Controller('me')
@Authenticated()
export class MeController {
  @Get()
  me(@CurrentUser() { id, roles, scopes }: RequestUser) {
    return { id, roles, scopes };
  }
}
`,
    'me.controller.spec.ts': `import { TEST_KEYS } from 'lambent/auth';
import { Test, type TestingApplication, TestIssuer } from 'lambent/testing';
import { AuthModule } from './auth.module.js';

/** Signs tokens as the provider does. */
const issuer = new TestIssuer('https://auth.example.com');
let app: TestingApplication;

beforeAll(async () => {
  app = await Test.createTestingModule({ imports: [AuthModule] })
    .overrideProvider(TEST_KEYS)
    .useValue(issuer.jwks)
    .compile();
});

afterAll(() => app?.close());

test('GET /me accepts a caller with a token', async () => {
  const token = issuer.sign({ sub: 'ann', aud: 'api', scope: 'orders:read' });
  const response = await app.inject({ url: '/me', headers: { authorization: \`Bearer \${token}\` } });
  expect(response.statusCode).toBe(200);
  expect(response.json()).toEqual({ id: 'ann', roles: [], scopes: ['orders:read'] });
});

test('GET /me refuses everybody else', async () => {
  const forOthers = issuer.sign({ sub: 'ann', aud: 'another-api' });
  const responses = await Promise.all([
    app.inject({ url: '/me' }),
    app.inject({ url: '/me', headers: { authorization: \`Bearer \${forOthers}\` } }),
  ]);
  expect(responses.map(({ statusCode }) => statusCode)).toEqual([401, 401]);
});
`,
  }),
};
