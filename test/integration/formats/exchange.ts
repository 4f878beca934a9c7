import { reasonPhrase } from '../../../src/errors/reason-phrase.js';
import type { HttpEventRequest } from '../../../src/testing/http-events.js';

export type Line = Record<string, unknown>;

export interface Answer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly cookies?: readonly string[];
  readonly isBase64Encoded?: boolean;
}

export interface Thrown {
  readonly thrown: { readonly name: string; readonly message: string };
}

/** Makes the line out of what the exchange says already. */
type LineOf = (request: HttpEventRequest, answer: Answer | Thrown) => Line;

/** A request, the answer to it, and what is logged meanwhile. */
export interface Exchange {
  readonly request: HttpEventRequest;
  readonly throughWinston?: boolean;
  readonly answer: Answer | Thrown;
  readonly log: readonly (Line | LineOf)[];
}

export function json(statusCode: number, body: unknown, headers: Record<string, string> = {}): Answer {
  return { statusCode, headers: { 'content-type': 'application/json', ...headers }, body };
}

export function failure(statusCode: number, detail: unknown, headers: Record<string, string> = {}): Answer {
  return json(statusCode, { detail }, headers);
}

/** The access log's line, with the fields that are not of every line. */
export function accessLine(route: string | undefined, fields: Line = {}): LineOf {
  return ({ method = 'GET', url = '/' }, answer) => {
    const statusCode = 'thrown' in answer ? 500 : answer.statusCode;
    const level = 'thrown' in answer ? 'critical' : levelOf(statusCode);
    const path = url.split('?', 1)[0];
    return {
      type: 'access',
      level,
      method,
      path,
      ...(route && { route }),
      status_code: statusCode,
      ...detailOf(answer),
      ...fields,
    };
  };
}

/** What the answer says is wrong, unless that is the text of its status. */
function detailOf(answer: Answer | Thrown): Line {
  if ('thrown' in answer || answer.statusCode < 400) return {};
  const { detail } = answer.body as { detail?: unknown };
  return detail === undefined || detail === reasonPhrase(answer.statusCode) ? {} : { error_detail: detail };
}

function levelOf(statusCode: number): string {
  if (statusCode >= 500) return 'error';
  return statusCode >= 400 ? 'warning' : 'info';
}

export interface Outcome {
  readonly answer: unknown;
  readonly log: readonly Line[];
}

/** What a format has to print for an exchange. */
export function expectedOutcome({ request, answer, log }: Exchange): Outcome {
  return { answer, log: log.map((line) => (typeof line === 'function' ? line(request, answer) : line)) };
}

type Delivered = { headers: Record<string, string>; body: string; isBase64Encoded: boolean };

/** What a format printed, without what differs from run to run. */
export function comparable({ answer, log }: Outcome): Outcome {
  return { answer: 'thrown' in (answer as object) ? answer : answerOf(answer as Delivered), log: log.map(lineOf) };
}

function answerOf({ headers, body, isBase64Encoded, ...answer }: Delivered): object {
  const { 'x-request-id': _id, ...kept } = headers;
  const content: unknown = kept['content-type'] === 'application/json' ? JSON.parse(body) : body;
  return { ...answer, headers: kept, body: content, ...(isBase64Encoded && { isBase64Encoded }) };
}

const VARYING = ['date', 'execution_time', 'id', 'server_id', 'trace_id'];

function lineOf(line: Line): Line {
  const fields = Object.entries(line).filter(([name]) => !VARYING.includes(name));
  return Object.fromEntries(fields.map(([name, value]) => [name, name === 'error_detail' ? firstLine(value) : value]));
}

/** Of a stack the message: the files differ. */
function firstLine(detail: unknown): unknown {
  return typeof detail === 'string' ? detail.split('\n', 1)[0] : detail;
}
