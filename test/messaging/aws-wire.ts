import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What becomes of one entry of a request: taken, refused with a code, or not mentioned in the response. */
export type EntryAnswer = 'taken' | 'unmentioned' | { readonly code: string; readonly senderFault?: boolean };

/** What becomes of a request: of each entry, or of all of it. */
export type Answer = readonly EntryAnswer[] | { readonly status: number; readonly code: string } | 'never';

/** One request of a client, as the service reads it. */
export interface Call {
  readonly service: 'sqs' | 'sns' | 'events';
  readonly headers: IncomingMessage['headers'];
  readonly input: Record<string, unknown>;
  readonly entries: readonly Record<string, unknown>[];
}

/** A server that speaks the protocols of SQS (JSON 1.0), SNS (query, XML) and EventBridge (JSON 1.1). */
export interface AwsWire {
  readonly endpoint: string;
  readonly calls: Call[];
  /** The answers to the next requests. Without one, every entry is taken. */
  readonly answers: Answer[];
  /** Called with each request, before it is answered. */
  onCall: (call: Call) => void;
  close(): Promise<void>;
}

export async function startWire(): Promise<AwsWire> {
  const calls: Call[] = [];
  const answers: Answer[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const call = readCall(request, body);
      calls.push(call);
      wire.onCall(call);
      const answer = answers.shift() ?? call.entries.map(() => 'taken' as const);
      if (answer !== 'never') respond(call, answer, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const wire: AwsWire = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    answers,
    onCall: () => undefined,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return wire;
}

function readCall({ headers }: IncomingMessage, body: string): Call {
  const target = headers['x-amz-target'];
  if (target === undefined) {
    const input = Object.fromEntries(new URLSearchParams(body)) as Record<string, unknown>;
    return { service: 'sns', headers, input, entries: snsEntries(input) };
  }
  const input = JSON.parse(body) as Record<string, unknown>;
  const entries = input['Entries'] as Record<string, unknown>[];
  return { service: String(target).startsWith('AmazonSQS') ? 'sqs' : 'events', headers, input, entries };
}

const MEMBER = /^PublishBatchRequestEntries\.member\.(\d+)\.(.+)$/;

function snsEntries(input: Record<string, unknown>): Record<string, unknown>[] {
  const entries: Record<string, unknown>[] = [];
  for (const [name, value] of Object.entries(input)) {
    const [, position, member] = MEMBER.exec(name) ?? [];
    if (member !== undefined) (entries[Number(position) - 1] ??= {})[member] = value;
  }
  return entries;
}

function respond(call: Call, answer: Exclude<Answer, 'never'>, response: ServerResponse): void {
  if ('status' in answer) return refuse(call, answer, response);
  const content = call.service === 'sns' ? snsResult(call, answer) : JSON.stringify(jsonResult(call, answer));
  const type = call.service === 'sns' ? 'text/xml' : 'application/x-amz-json-1.0';
  response.writeHead(200, { 'content-type': type }).end(content);
}

function refuse(
  { service }: Call,
  { status, code }: { readonly status: number; readonly code: string },
  response: ServerResponse,
): void {
  const body =
    service === 'sns'
      ? `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>no</Message></Error></ErrorResponse>`
      : JSON.stringify({ __type: code, message: 'no' });
  response.writeHead(status, { 'content-type': service === 'sns' ? 'text/xml' : 'application/x-amz-json-1.0' });
  response.end(body);
}

function jsonResult({ service, entries }: Call, answers: readonly EntryAnswer[]): object {
  const each = entries.map((entry, index) => ({ entry, answer: answers[index] ?? 'taken', index }));
  if (service === 'events') {
    const mentioned = each.filter(({ answer }) => answer !== 'unmentioned');
    return {
      FailedEntryCount: mentioned.filter(({ answer }) => answer !== 'taken').length,
      Entries: mentioned.map(({ answer, index }) =>
        typeof answer === 'string' ? { EventId: `event-${index}` } : { ErrorCode: answer.code, ErrorMessage: 'no' },
      ),
    };
  }
  return {
    Successful: each
      .filter(({ answer }) => answer === 'taken')
      .map(({ entry, index }) => ({
        Id: entry['Id'],
        MessageId: `message-${index}`,
        MD5OfMessageBody: createHash('md5').update(String(entry['MessageBody'])).digest('hex'),
      })),
    Failed: each.flatMap(({ entry, answer }) =>
      typeof answer === 'string'
        ? []
        : [{ Id: entry['Id'], Code: answer.code, Message: 'no', SenderFault: answer.senderFault === true }],
    ),
  };
}

function snsResult({ entries }: Call, answers: readonly EntryAnswer[]): string {
  const taken: string[] = [];
  const failed: string[] = [];
  for (const [index, entry] of entries.entries()) {
    const answer = answers[index] ?? 'taken';
    const id = `<Id>${String(entry['Id'])}</Id>`;
    if (answer === 'taken') taken.push(`<member>${id}<MessageId>message-${index}</MessageId></member>`);
    else if (answer !== 'unmentioned') {
      const fault = `<SenderFault>${answer.senderFault === true}</SenderFault>`;
      failed.push(`<member>${id}<Code>${answer.code}</Code><Message>no</Message>${fault}</member>`);
    }
  }
  const result = `<Successful>${taken.join('')}</Successful><Failed>${failed.join('')}</Failed>`;
  return (
    '<PublishBatchResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/">' +
    `<PublishBatchResult>${result}</PublishBatchResult></PublishBatchResponse>`
  );
}
