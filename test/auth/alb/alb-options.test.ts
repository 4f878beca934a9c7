import { AlbAuthModule } from '../../../src/auth/alb/alb-auth-module.js';
import { type AlbAuthModuleOptions, albParts } from '../../../src/auth/alb/alb-options.js';
import { TEST_KEYS } from '../../../src/auth/jwt/jwt-options.js';
import { Module } from '../../../src/decorators/module.js';
import { inject } from '../../../src/testing/inject.js';
import { TestLoadBalancer } from '../../../src/testing/test-load-balancer.js';
import { Test } from '../../../src/testing/testing-module-builder.js';
import { createApp } from '../../application/create-app.js';
import { captureStdout } from '../../logging/captured-stdout.js';
import { Orders } from '../orders-controller.js';

beforeEach(() => captureStdout());
afterEach(() => jest.restoreAllMocks());

const balancer = (region: string, partition = 'aws') =>
  `arn:${partition}:elasticloadbalancing:${region}:123456789012:loadbalancer/app/web/50dc6c495c0c9188`;
const complete = { loadBalancer: balancer('eu-central-1'), issuer: 'https://auth.example.com', clientId: 'web' };

it.each([
  ['eu-central-1', 'aws', 'https://public-keys.auth.elb.eu-central-1.amazonaws.com'],
  ['us-gov-west-1', 'aws-us-gov', 'https://s3-us-gov-west-1.amazonaws.com/aws-elb-public-keys-prod-us-gov-west-1'],
  ['us-gov-east-1', 'aws-us-gov', 'https://s3-us-gov-east-1.amazonaws.com/aws-elb-public-keys-prod-us-gov-east-1'],
])('The keys of %s are where AWS says', (region, partition, url) => {
  expect(albParts({ ...complete, loadBalancer: balancer(region, partition) }).keysUrl).toBe(url);
});

it('A partition whose endpoint is not documented needs it', () => {
  const loadBalancer = balancer('cn-north-1', 'aws-cn');
  expect(() => albParts({ ...complete, loadBalancer })).toThrow(/keys: set the option keysUrl/);
  const keysUrl = 'https://keys.example.com/';
  expect(albParts({ ...complete, loadBalancer, keysUrl }).keysUrl).toBe('https://keys.example.com');
});

describe('Mistakes are reported at the start:', () => {
  it.each([
    [{ loadBalancer: undefined }, /needs the option loadBalancer/],
    [{ loadBalancer: [] }, /loadBalancer/],
    [{ issuer: undefined }, /needs the option issuer/],
    [{ clientId: undefined }, /needs the option clientId/],
    [{ loadBalancer: 'web' }, /"web" in the option loadBalancer is not the ARN of an Application Load Balancer/],
    [{ loadBalancer: 'web', keysUrl: 'https://keys.example.com' }, /is not the ARN/],
    [{ loadBalancer: `${balancer('eu-central-1').slice(0, -16)}*` }, /is not the ARN/],
    [{ loadBalancer: balancer('eu-central-1').replace('/app/', '/net/') }, /is not the ARN/],
    [{ loadBalancer: `${balancer('eu-central-1')}\n` }, /is not the ARN/],
    [{ loadBalancer: balancer('evil.example.com/') }, /is not the ARN/],
    [{ loadBalancer: [balancer('eu-central-1'), balancer('eu-west-1')] }, /several regions/],
    [{ keysUrl: 'http://keys.example.com' }, /https alone/],
    [{ keysUrl: 'keys' }, /https alone/],
    [{ keysURL: 'https://a' }, /keysURL/],
    [{ clockTolerance: 301 }, /clockTolerance/],
    [{ fetchKey: 'a' }, /fetchKey/],
  ])('%j', async (options, message) => {
    const given = { ...complete, ...options } as AlbAuthModuleOptions;
    expect(() => AlbAuthModule.forRoot(given)).toThrow(message);
    const late = createApp({
      imports: [AlbAuthModule.forRootAsync({ useFactory: () => given })],
      controllers: [Orders],
    });
    await expect(late.ready()).rejects.toThrow(message);
  });
});

it('Test keys replace those of AWS, and nothing is fetched', async () => {
  class AppModule {}
  Module({ imports: [AlbAuthModule.forRoot(complete)], controllers: [Orders] })(AppModule);
  const alb = new TestLoadBalancer(complete);
  const app = await Test.createTestingModule({ imports: [AppModule] })
    .overrideProvider(TEST_KEYS)
    .useValue(alb.jwks)
    .compile();
  const ask = (data: string) => inject(app, { source: 'alb', url: '/me', headers: { 'x-amzn-oidc-data': data } });
  expect((await ask(alb.sign({ sub: 'ann' }))).json()).toMatchObject({ id: 'ann' });
  expect((await ask(new TestLoadBalancer(complete).sign({ sub: 'ann' }))).statusCode).toBe(401);
  await app.close();
});
