import { grantReads } from '../../src/cdk/grant-reads.js';
import { newStack, plainFunction, propertiesOf } from './shop.js';

test('a function may read the parameters and secrets of its configuration, and no others', () => {
  const stack = newStack();
  grantReads(plainFunction(stack), [
    {
      actions: ['ssm:GetParameter'],
      resource: 'arn:${Partition}:ssm:${Region}:${Account}:parameter/shop/limit',
      reason: 'parameter "/shop/limit"',
    },
    {
      actions: ['secretsmanager:GetSecretValue'],
      resource: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:other-AbCdEf',
      reason: 'secret',
    },
  ]);
  const [{ PolicyDocument: policy }] = propertiesOf(stack, 'AWS::IAM::Policy') as [{ PolicyDocument: object }];
  expect(policy).toMatchObject({
    Statement: [
      {
        Action: 'ssm:GetParameter',
        Resource: {
          'Fn::Join': [
            '',
            [
              'arn:',
              { Ref: 'AWS::Partition' },
              ':ssm:',
              { Ref: 'AWS::Region' },
              ':',
              { Ref: 'AWS::AccountId' },
              ':parameter/shop/limit',
            ],
          ],
        },
      },
      {
        Action: 'secretsmanager:GetSecretValue',
        Resource: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:other-AbCdEf',
      },
    ],
  });
});
