import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { connectTables, grantByName } from '../../src/cdk/grants.js';
import type { TableUse } from '../../src/contracts/aws-uses.js';
import { newStack, plainFunction, propertiesOf } from './shop.js';

test('a function may read the parameters and secrets of its configuration, and no others', () => {
  const stack = newStack();
  grantByName(plainFunction(stack), [
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

const use = (name?: string): TableUse => ({
  kind: 'table',
  purpose: 'idempotency',
  name,
  key: 'id',
  sortKey: undefined,
});
const stack = () => {
  const made = newStack();
  const table = new Table(made, 'Table', { partitionKey: { name: 'id', type: AttributeType.STRING } });
  return { made, table, target: plainFunction(made) };
};
const actionsIn = (made: ReturnType<typeof newStack>) => JSON.stringify(propertiesOf(made, 'AWS::IAM::Policy'));
const warningsIn = (made: ReturnType<typeof newStack>) =>
  Annotations.fromStack(made).findWarning('*', Match.anyValue());

describe('the tables of modules', () => {
  test('are granted what the module does with them, and no more', () => {
    const { made, table, target } = stack();
    connectTables(target, { idempotency: table, rateLimit: table }, [use()]);
    expect(actionsIn(made)).toMatch(/"dynamodb:GetItem".*"dynamodb:DeleteItem".*"Action":"dynamodb:UpdateItem"/);
    expect(actionsIn(made)).not.toMatch(/dynamodb:\*|Scan|Query/);
    expect(warningsIn(made)).toEqual([]);
  });

  test('are found by their names, if the module has one', () => {
    const { made, target } = stack();
    connectTables(target, {}, [use('keys')]);
    expect(actionsIn(made)).toContain(':table/keys');
  });

  test('are warned of where nobody knows them, unless that is intended', () => {
    const { made, target } = stack();
    connectTables(target, { idempotency: false }, [use()]);
    expect(warningsIn(made)).toEqual([]);
    connectTables(target, {}, [use()]);
    expect(JSON.stringify(warningsIn(made))).toContain('Pass the table in tables: { idempotency: … }');
    expect(actionsIn(made)).toBe('[]');
  });

  test('are tables', () => {
    const { target } = stack();
    expect(() => connectTables(target, { idempotency: 'keys' as never }, [])).toThrow(
      'idempotency is keys; it takes an object, or false',
    );
    expect(() => connectTables(target, { limits: false } as never, [])).toThrow('limits');
  });
});
