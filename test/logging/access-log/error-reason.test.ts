import { reasonOf } from '../../../src/logging/access-log/error-reason.js';

function endless(): Error {
  const error = new Error('again');
  error.cause = error;
  return error;
}

const unreadable = new Proxy(new Error('a'), {
  get: () => {
    throw new Error('no');
  },
});

it.each<[string, unknown, string]>([
  [
    'the message of each cause, in one line',
    new TypeError('fetch failed', { cause: new Error('ENOTFOUND\n  auth') }),
    'fetch failed: ENOTFOUND auth',
  ],
  ['a message once', new Error('closed', { cause: new Error('closed') }), 'closed'],
  ['a code without a message', Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' }), 'ECONNREFUSED'],
  ['a name without anything else', new RangeError(), 'RangeError'],
  [
    'the name that a service gives to its errors',
    Object.assign(new Error('no table'), { name: 'ResourceNotFoundException' }),
    'ResourceNotFoundException: no table',
  ],
  ['text that was thrown', 'no network', 'no network'],
  ['an object that was thrown', { status: 503 }, '{"status":503}'],
  ['nothing that was thrown', undefined, 'undefined'],
  ['null that was thrown', null, 'null'],
  ['a symbol that was thrown', Symbol('a'), '"Symbol(a)"'],
  ['an object without a prototype', Object.assign(Object.create(null) as object, { a: 1 }), '{"a":1}'],
  ['an error that cannot be read', unreadable, '[Unreadable]'],
  ['an empty error', Object.assign(new Error(), { name: '' }), ''],
  ['each of a list of errors', [new Error('a'), new Error('b'), new Error('a')], 'a; b'],
  ['nothing of an empty list', [], ''],
  ['a cause that is no error', new Error('failed', { cause: 'later' }), 'failed: later'],
  ['some of endless causes', endless(), 'again'],
  ['a page of HTML, shortened', new Error('<p>'.repeat(1000)), `${'<p>'.repeat(1000).slice(0, 1000)}…`],
])('the reason of a failure is %s', (_, error, reason) => {
  expect(reasonOf(error)).toBe(reason);
});
