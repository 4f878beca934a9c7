import { LogView } from '../../../../src/cli/dev/log/log-view.js';
import { RecentEvents } from '../../../../src/cli/dev/log/recent-events.js';
import { paint } from '../../../../src/cli/framework/colors.js';
import { events } from '../../../../src/testing/events.js';

const { Records } = events.sqs('orders', ['1', '2', '3']);
const recent = new RecentEvents();
let view: LogView;

beforeEach(() => {
  recent.add('batch-1', JSON.stringify({ Records }));
  view = viewOf(false);
});

function viewOf(verbose: boolean): LogView {
  return new LogView({ root: '/shop', paint: paint(false), events: recent, verbose });
}

const shown = (...lines: object[]) => lines.flatMap((line) => view.show(JSON.stringify(line)));

const record = (index: number, status: string, detail?: string) => ({
  type: 'record',
  level: status === 'ok' ? 'info' : 'error',
  id: Records[index]!.messageId,
  request_id: 'batch-1',
  source: 'sqs',
  consumer: 'Orders.take',
  status,
  execution_time: 1,
  error_detail: detail,
});

const batch = (records: number, failed: number) => ({
  type: 'batch',
  level: failed === 0 ? 'info' : 'error',
  id: 'batch-1',
  source: 'sqs',
  records,
  failed,
  execution_time: 3,
});

test('a batch has one line if all of its records succeed', () => {
  const lines = shown(record(0, 'ok'), record(1, 'ok'), record(2, 'ok'), batch(3, 0));
  expect(lines).toEqual(['INFO     sqs Orders.take 3 records ok 3.0 ms']);
});

test('a batch has a line for each record that fails, and only one for each error', () => {
  const failures = [record(0, 'failed', 'Sold out'), record(1, 'failed', 'Sold out'), record(2, 'failed', 'No order')];
  expect(shown(...failures, batch(3, 3))).toEqual([
    'ERROR    sqs Orders.take failed 1.0 ms error_detail="Sold out"',
    'ERROR    sqs Orders.take failed 1.0 ms error_detail="No order"',
    'ERROR    sqs Orders.take 3 records, 3 failed 3.0 ms',
  ]);
  expect(shown(record(0, 'failed', 'Sold out'))).toHaveLength(1);
});

test('a batch of one record has the line of the record', () => {
  recent.add('batch-1', JSON.stringify({ Records: Records.slice(0, 1) }));
  expect(shown(record(0, 'ok'), batch(1, 0))).toEqual(['INFO     sqs Orders.take ok 1.0 ms']);
});

test('a batch of several consumers names none, and forgets those of the batch before', () => {
  shown(record(0, 'ok'), batch(3, 0));
  const lines = shown(record(0, 'ok'), { ...record(1, 'ok'), consumer: 'Orders.audit' }, batch(3, 0));
  expect(lines).toEqual(['INFO     sqs 3 records ok 3.0 ms']);
});

test('a batch has all of its lines in a verbose log', () => {
  view = viewOf(true);
  expect(shown(record(0, 'ok'), record(1, 'ok'), record(2, 'ok'), batch(3, 0))).toHaveLength(4);
});

test.each([
  ['an event that has no line of its own', events.sns('news', ['1', '2'])],
  ['a malformed event', { Records: [{ eventSource: 'aws:kinesis', eventSourceARN: 7 }] }],
  ['an event of another shape', { any: 'thing' }],
])('records of %s keep their lines', (_which, event) => {
  recent.add('batch-1', JSON.stringify(event));
  expect(shown(record(0, 'ok'))).toEqual(['INFO     sqs Orders.take ok 1.0 ms']);
});
