import { rmSync } from 'node:fs';
import { type LocalServer, serve } from '../../../src/local/serve.js';
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

test('where nobody listens, the exit code is 1 and the message says what to do', async () => {
  const { exitCode, complained } = await workshop.call('invoke sqs --url http://127.0.0.1:1');
  expect(exitCode).toBe(1);
  expect(complained).toContain('start the application');
});

test.each(['invoke', 'invoke carrier-pigeon', 'invoke sqs --table orders'])('lambent %s makes no sense', async (commandLine) => {
  const { exitCode, printed, complained } = await workshop.call(commandLine);
  expect([exitCode, printed]).toEqual([2, '']);
  expect(complained).not.toBe('');
});
