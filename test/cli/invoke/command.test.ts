import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { type LocalServer, serve } from '../../../src/local/serve.js';
import { program } from '../dev/dev-command.js';
import { Workshop } from '../workshop.js';

const workshop = new Workshop();
let server: LocalServer;

async function handler(event: { Records: { body: string; messageId: string }[] }) {
  const failed = event.Records.filter(({ body }) => body === 'bad');
  return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
}

beforeAll(async () => {
  server = await serve(handler, { port: 0, quiet: true });
});

afterAll(async () => {
  await server.close();
  rmSync(workshop.folder, { recursive: true });
});

test('a message that is handled is exit code 0, one that failed 1', async () => {
  const good = await workshop.call(`invoke sqs --queue orders --body good --url ${server.url}`);
  expect(good).toEqual({ exitCode: 0, printed: '{\n  "batchItemFailures": []\n}', complained: '' });
  expect((await workshop.call(`invoke sqs --queue orders --body bad --url ${server.url}`)).exitCode).toBe(1);
});

test('where nobody listens, the exit code is 2 and the message says what to do', async () => {
  const { exitCode, complained } = await workshop.call('invoke sqs --url http://127.0.0.1:1');
  expect(exitCode).toBe(2);
  expect(complained).toContain('start the application');
});

test.each(['invoke', 'invoke carrier-pigeon', 'invoke sqs --table orders'])(
  'lambent %s makes no sense',
  async (commandLine) => {
    const { exitCode, printed, complained } = await workshop.call(commandLine);
    expect([exitCode, printed]).toEqual([2, '']);
    expect(complained).not.toBe('');
  },
);

test('an event is taken from a pipe, which can be read once', async () => {
  const piped = `echo '{ "Records": [{ "body": "bad", "messageId": "m1" }] }' | "$@"`;
  const child = spawn('/bin/sh', [
    '-c',
    piped,
    'sh',
    process.execPath,
    program,
    'invoke',
    '--file',
    '/dev/stdin',
    '--url',
    server.url,
  ]);
  expect(await text(child.stdout)).toBe(
    '{\n  "batchItemFailures": [\n    {\n      "itemIdentifier": "m1"\n    }\n  ]\n}\n',
  );
});

/** Has `fetch` give up after a moment, and not after five minutes. */
const IMPATIENT = `await fetch('data:,');
  const dispatcher = Symbol.for('undici.globalDispatcher.1');
  globalThis[dispatcher] = new globalThis[dispatcher].constructor({ headersTimeout: 100 });`;

test('an answer is waited for as long as it takes', async () => {
  const slow = await serve(() => pause(2_500, 'at last'), { port: 0, quiet: true });
  const args = [
    '--import',
    `data:text/javascript,${encodeURIComponent(IMPATIENT)}`,
    program,
    'invoke',
    'schedule',
    '--url',
    slow.url,
  ];
  const child = spawn(process.execPath, args);
  try {
    expect(await text(child.stdout)).toBe('"at last"\n');
  } finally {
    await slow.close();
  }
});
