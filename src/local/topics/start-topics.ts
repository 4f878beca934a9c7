import type { IncomingMessage } from 'node:http';
import type { Destination } from '../../shared/destination.js';
import { startLoopbackServer } from '../listen.js';
import { readBody } from '../read-body.js';
import { comesFromPage } from '../refused-requests.js';
import type { Terminal } from '../terminal.js';
import { EventBridgeError, putEvents } from './event-bridge-api.js';
import { runSnsAction, SnsError, snsErrorXml } from './sns-api.js';

/** A topic or a bus. */
export interface Publisher extends Destination {
  readonly kind: 'topic' | 'bus';
}

export interface TopicsOptions {
  /** Takes what is sent to a topic or a bus, as the event that a function gets. */
  readonly onEvent: (from: Publisher, event: object) => void;
  readonly terminal: Terminal;
}

/** Topics and buses in this process that clients use like SNS and EventBridge. */
export interface LocalTopics {
  /** The endpoint for clients of SNS and of EventBridge. */
  readonly endpoint: string;
  /** Creates a topic or a bus, unless there is one of the name. */
  create(publisher: Publisher): void;
  /** Refuses further requests, and resolves when the current ones have their responses. */
  close(): Promise<void>;
}

type Names = Readonly<Record<Publisher['kind'], Set<string>>>;

/** Starts an emulator of SNS (`Publish`, `PublishBatch`) and of EventBridge (`PutEvents`) on the loopback interface. */
export async function startTopics({ onEvent, terminal }: TopicsOptions): Promise<LocalTopics> {
  const names: Names = { topic: new Set(), bus: new Set() };
  const { url: endpoint, close } = await startLoopbackServer(
    { what: 'the topics', terminal },
    async (request, response) => {
      const { status, type, body } = await responseTo(request, names, onEvent);
      response.writeHead(status, { 'content-type': type }).end(body);
    },
  );
  return { endpoint, create: ({ kind, name }) => void names[kind].add(name), close };
}

interface ApiResponse {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** The limit in bytes of a request: ten messages of 256 KiB, with every character escaped. */
const REQUEST_LIMIT = 16 * 1024 * 1024;

/** Tells the two services apart by their protocols: that of EventBridge names the action in a header. */
async function responseTo(
  request: IncomingMessage,
  names: Names,
  onEvent: TopicsOptions['onEvent'],
): Promise<ApiResponse> {
  if (comesFromPage(request)) return refused(403, 'Requests from web pages in a browser are refused.');
  const body = await readBody(request, REQUEST_LIMIT);
  if (!body) return refused(413, `The request is longer than ${REQUEST_LIMIT} bytes.`);
  const target = request.headers['x-amz-target'];
  const text = body.toString('utf8');
  return target === undefined
    ? snsResponse(text, names.topic, onEvent)
    : eventBridgeResponse(String(target), text, { buses: names.bus, onEvent });
}

function refused(status: number, body: string): ApiResponse {
  return { status, type: 'text/plain; charset=utf-8', body };
}

function snsResponse(text: string, topics: ReadonlySet<string>, onEvent: TopicsOptions['onEvent']): ApiResponse {
  const type = 'text/xml';
  try {
    const { notifications, xml } = runSnsAction(text, topics);
    for (const { topic, event } of notifications) onEvent({ kind: 'topic', name: topic }, event);
    return { status: 200, type, body: xml };
  } catch (error) {
    if (!(error instanceof SnsError)) throw error;
    return { status: error.status, type, body: snsErrorXml(error) };
  }
}

interface Buses extends Pick<TopicsOptions, 'onEvent'> {
  readonly buses: ReadonlySet<string>;
}

function eventBridgeResponse(action: string, text: string, { buses, onEvent }: Buses): ApiResponse {
  const type = 'application/x-amz-json-1.1';
  try {
    const { events, response } = putEvents(action, text, buses);
    for (const { bus, event } of events) onEvent({ kind: 'bus', name: bus }, event);
    return { status: 200, type, body: JSON.stringify(response) };
  } catch (error) {
    if (!(error instanceof EventBridgeError)) throw error;
    return { status: 400, type, body: JSON.stringify({ __type: error.type, message: error.message }) };
  }
}
