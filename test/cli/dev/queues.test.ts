import { DevCommands } from './dev-command.js';

const commands = new DevCommands();
const dev = commands.start;

afterEach(commands.end);

const handler = (word: string) => `
  import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
  const client = new SQSClient({});
  export const handler = async (event: { Records?: { body: string; eventSourceARN: string }[] }) => {
    for (const { body, eventSourceARN } of event.Records ?? []) console.log('${word}', body, eventSourceARN.split(':').at(-1));
    if (event.Records) return { batchItemFailures: [] };
    await client.send(new SendMessageCommand({ QueueUrl: process.env.ORDER_ITEMS_QUEUE_URL, MessageBody: 'm1' }));
    return 'sent';
  };`;

describe('queues', () => {
  test('deliver what the application sends, and outlive it', async () => {
    const command = dev({ 'src/handler.ts': handler('took') }, ['--queues', 'order-items, audit.fifo']);
    await command.answers('sent');
    await command.printed(/took m1 order-items/);
    command.workshop.write('src/handler.ts', handler('then took'));
    await command.printed(/Handler ready[^]*Handler ready/);
    await command.answers('sent');
    await command.printed(/then took m1 order-items/);
  });

  test('keep their messages while the function does not run', async () => {
    const command = dev({ 'src/handler.ts': 'export const handler = async () => process.env.ORDERS_QUEUE_URL;' }, [
      '--queues',
      'orders',
    ]);
    await command.answers('http');
    const url = await command.get();
    command.workshop.write('src/handler.ts', 'export const handler = (;');
    await command.answers('PARSE_ERROR');
    const send = {
      method: 'POST',
      headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'AmazonSQS.SendMessage' },
    };
    const sent = await fetch(url, { ...send, body: JSON.stringify({ QueueUrl: url, MessageBody: 'kept' }) });
    expect(sent.status).toBe(200);
    command.workshop.write('src/handler.ts', handler('took'));
    await command.printed(/took kept orders/);
    expect(command.output).not.toContain('Queue orders: ');
  });

  test('are delivered to the function that consumes them', async () => {
    const functions = { api: 'src/api.ts', jobs: 'src/jobs.ts' };
    const command = dev(
      {
        'package.json': JSON.stringify({ name: 'shop', type: 'module', lambent: { functions } }),
        'src/api.ts': handler('api took').replaceAll('ORDER_ITEMS', 'ORDERS'),
        'src/jobs.ts': `import 'reflect-metadata';
          import { Body, Injectable, LambdaApplication, Module, OnSqs } from 'lambent';
          @Injectable() class Jobs { @OnSqs('orders') take(@Body() body: unknown) { console.log('jobs took', body); } }
          @Module({ providers: [Jobs] }) class JobsModule {}
          export const { handler } = await LambdaApplication.create(JobsModule).ready();`,
      },
      ['--queues', 'orders'],
    );
    await command.answers('sent');
    await command.printed(/\[jobs\] jobs took m1/);
    expect(command.stdout).not.toContain('api took');
  });
});
