import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isJsonObject, jsonIn } from '../../shared/json-values.js';
import type { PlainObject } from '../../shared/types.js';
import { readBody } from '../read-body.js';
import { comesFromPage } from '../refused-requests.js';
import { invalidParameter, QueueError } from './queue-error.js';
import { type ActionContext, runAction } from './sqs-actions.js';

/** The limit in bytes of a request: a message of maximum length, with every character escaped. */
const REQUEST_LIMIT = 8 * 1024 * 1024;

const TARGET = /^AmazonSQS\.(\w+)$/;

/** Handles a request in SQS's JSON protocol (AWS JSON 1.0, with the error header of query-compatible services). */
export async function handleSqsRequest(
  request: IncomingMessage,
  response: ServerResponse,
  context: ActionContext,
): Promise<void> {
  try {
    if (comesFromPage(request)) throw invalidParameter('Requests from web pages in a browser are refused.');
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
  throw invalidParameter(
    'The header X-Amz-Target must name an action, such as AmazonSQS.SendMessage. ' +
      'The older query protocol is not supported.',
  );
}

async function readInput(request: IncomingMessage): Promise<PlainObject> {
  const body = await readBody(request, REQUEST_LIMIT);
  if (!body) throw invalidParameter(`The request is longer than ${REQUEST_LIMIT} bytes.`);
  const input = jsonIn(body.toString('utf8'));
  if (isJsonObject(input)) return input;
  throw invalidParameter('The body of the request must be a JSON object.');
}

function send(response: ServerResponse, status: number, content: object): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': randomUUID() });
  response.end(JSON.stringify(content));
}
