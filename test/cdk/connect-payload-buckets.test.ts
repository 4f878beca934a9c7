import type { Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { connectBuckets } from '../../src/cdk/connect-payload-buckets.js';
import { bucketFacts } from '../../src/deployment/deployment-facts.js';
import { newStack, plainFunction, propertiesOf } from './shop.js';

let stack: Stack;

beforeEach(() => {
  stack = newStack();
});

type Access = 'read' | 'write';

function connect(uses: readonly (readonly [Access, string])[], buckets: object, environment = {}): void {
  const declared = uses.map(([access, prefix]) => bucketFacts({ kind: 'bucket', name: 'payloads', prefix, access }));
  connectBuckets(plainFunction(stack), { buckets: buckets as never, environment }, declared);
}

const actions = (): string => JSON.stringify(propertiesOf(stack, 'AWS::IAM::Policy'));

function variables(): Record<string, unknown> {
  const [{ Environment } = {}] = propertiesOf(stack, 'AWS::Lambda::Function');
  return (Environment as { Variables?: Record<string, unknown> } | undefined)?.Variables ?? {};
}

test('a sender may write payloads, and learns the name of the bucket', () => {
  connect([['write', 'orders/']], { payloads: new Bucket(stack, 'Bucket') });
  expect(actions()).toContain('s3:PutObject');
  expect(actions()).toContain('/orders/*');
  expect(actions()).not.toContain('s3:GetObject');
  expect(variables()).toEqual({ PAYLOADS_BUCKET: { Ref: expect.stringMatching(/^Bucket/) as string } });
});

test('a consumer may read payloads, and write none', () => {
  connect([['read', '']], { payloads: new Bucket(stack, 'Bucket') });
  expect(actions()).toContain('s3:GetObject');
  expect(actions()).not.toMatch(/s3:(Put|Delete)/);
});

test('both may be one function', () => {
  connect(
    [
      ['write', ''],
      ['read', ''],
    ],
    { payloads: new Bucket(stack, 'Bucket') },
  );
  expect(actions()).toMatch(/s3:GetObject.*s3:PutObject|s3:PutObject.*s3:GetObject/);
});

test('a variable of yours stays, and false means that you do it all', () => {
  connect([['read', '']], { payloads: new Bucket(stack, 'Bucket') }, { PAYLOADS_BUCKET: 'mine' });
  expect(variables()).toEqual({});
  stack = newStack();
  connect([['read', '']], { payloads: false });
  expect([variables(), actions()]).toEqual([{}, '[]']);
});

test('a bucket without a resource, and a resource without a bucket, are refused', () => {
  expect(() => connect([['read', '']], {})).toThrow(
    'keeps large payloads in a bucket that has no resource. Pass it in "destinations", or false if PAYLOADS_BUCKET and ' +
      'its right come from elsewhere:\n  { buckets: { "payloads": … } }',
  );
  stack = newStack();
  expect(() => connect([['read', '']], { payloads: false, other: false })).toThrow(
    'keeps large payloads in the bucket "other". Declared are payloads.',
  );
});
