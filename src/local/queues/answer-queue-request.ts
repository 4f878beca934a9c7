import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isRecord } from '../../events/is-record.js';
import type { PlainObject } from '../../shared/types.js';
import { comesFromPage } from '../comes-from-page.js';
import { readBody } from '../read-request.js';
import { type ActionContext, runAction } from './actions.js';
import { invalidParameter, QueueError } from './queue-error.js';

/** Bytes of a request: a message of the longest, every character of it escaped. */
const REQUEST_LIMIT = 8 * 1024 * 1024;

const TARGET = /^AmazonSQS\.(\w+)$/;

/** Answers a request in SQS's JSON protocol (AWS JSON 1.0, with the error header of query-compatible services). */
export async function answerQueueRequest(request: IncomingMessage, response: ServerResponse, context: ActionContext): Promise<void> {
  try {
    if (comesFromPage(request)) throw invalidParameter('A page in a browser is not answered here.');
    const input = await readInput(request);
    send(response, 200, runAction(actionOf(request), input, context));
  } catch (error) {
    if (!(error instanceof QueueError)) throw error;
    response.setHeader('x-amzn-query-error', `${error.code};Sender`);
    send(response, 400, { __type: error.type, message: error.message });
  }
}

function actionOf({ headers }: IncomingMessage): string {
  const target = headers['x-amz-target'];
  const [, action] = TARGET.exec(String(target)) ?? [];
  if (action !== undefined) return action;
  throw invalidParameter('The header X-Amz-Target is to name an action, as in AmazonSQS.SendMessage: the older query protocol is not spoken here.');
}

async function readInput(request: IncomingMessage): Promise<PlainObject> {
  const body = await readBody(request, REQUEST_LIMIT);
  if (!body) throw invalidParameter(`The request is longer than ${REQUEST_LIMIT} bytes.`);
  const input = parse(body.toString('utf8'));
  if (isRecord(input)) return input;
  throw invalidParameter('The body of the request is to be a JSON object.');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function send(response: ServerResponse, status: number, content: object): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': randomUUID() });
  response.end(JSON.stringify(content));
}
