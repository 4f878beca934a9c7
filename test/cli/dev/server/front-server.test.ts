import { functionName } from '../../../../src/cli/dev/server/front-server.js';

test.each([
  ['jobs', 'jobs'],
  ['jobs:live', 'jobs'],
  ['jobs:%24LATEST', 'jobs'],
  ['123456789012:function:jobs', 'jobs'],
  ['123456789012:function:jobs:7', 'jobs'],
  ['arn:aws:lambda:eu-west-1:123456789012:function:jobs', 'jobs'],
  ['arn%3Aaws-cn%3Alambda%3Acn-north-1%3A123456789012%3Afunction%3Ajobs%3Alive', 'jobs'],
  ['function:3', 'function'],
  ['arn:aws:sqs:eu-west-1:123456789012:jobs', 'arn'],
  ['%E0%A4', undefined],
  ['%', undefined],
])('%s calls the function %s', (reference, name) => {
  expect(functionName(reference)).toBe(name);
});
