import { AsyncLocalStorage } from 'node:async_hooks';
import type { CloudFormationCustomResourceEvent, CloudFormationCustomResourceResponse } from 'aws-lambda';
import { putJson } from './put-json.js';
import type { EncodedResponse } from './response.js';

/** The one answer that CloudFormation is given about a custom resource, whoever comes to give it. */
export class CustomResourceResponder {
  /** The method was called, so that something may have been made. */
  started = false;
  /** Somebody else answers, later. */
  deferred = false;
  /** What the method returned. */
  returned: unknown;
  #sending: Promise<CloudFormationCustomResourceResponse> | undefined;

  /**
   * @param timeLeft Gives the milliseconds in which it has to be delivered.
   * @param url Where it is put; `undefined` where the event is none of CloudFormation's.
   */
  constructor(
    readonly event: CloudFormationCustomResourceEvent,
    readonly timeLeft: () => number,
    readonly url: URL | undefined = responseUrlOf(event.ResponseURL),
  ) {}

  /** The answer under way, or delivered. */
  get sending(): Promise<CloudFormationCustomResourceResponse> | undefined {
    return this.#sending;
  }

  /** @throws Error when it can't be delivered, and when there was an answer before. */
  async send({ response, json }: EncodedResponse): Promise<CloudFormationCustomResourceResponse> {
    this.checkOpen();
    this.#sending = this.#put(json).then(() => response);
    return this.#sending;
  }

  /** @throws Error when there was an answer before. */
  checkOpen(): void {
    if (this.#sending) throw answeredBefore();
  }

  async #put(json: string): Promise<void> {
    if (this.url) await putJson(this.url, json, this.timeLeft);
  }
}

function answeredBefore(): Error {
  return new Error('CloudFormation was told before what became of this resource: it takes one answer.');
}

const replies = new AsyncLocalStorage<CustomResourceResponder>();

/** Runs what an event comes to, so that everything below it knows of its one answer. */
export function runWithResponder<T>(reply: CustomResourceResponder, run: () => T): T {
  return replies.run(reply, run);
}

/** The answer of the event that is being handled; `undefined` for every other event. */
export function currentResponder(): CustomResourceResponder | undefined {
  return replies.getStore();
}

/**
 * The answer of an event: the one that the application is to give, or one of its own where that is about another event.
 */
export function responderFor(event: CloudFormationCustomResourceEvent): CustomResourceResponder {
  const current = currentResponder();
  return current?.event.ResponseURL === event.ResponseURL
    ? current
    : new CustomResourceResponder(event, () => Number.POSITIVE_INFINITY);
}

/**
 * Where CloudFormation is answered; `undefined` for what is not its URL, as in `...`, by which CDK's provider framework
 * invokes its handlers.
 *
 * A function may be invoked by others than CloudFormation, and be handed an event of this shape: whoever made it must
 * not choose what this function's network is asked for. So the URL has to be one of CloudFormation's buckets. Outside
 * of Lambda, in a test or an emulator, it may be this machine; and where the environment names an endpoint for AWS
 * itself (`AWS_ENDPOINT_URL`, as LocalStack sets it), that.
 */
function responseUrlOf(text: string): URL | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  return isBucket(url) || isThisMachine(url) || isEndpoint(url) ? url : undefined;
}

/** `cloudformation-custom-resource-response-useast1.s3.us-east-1.amazonaws.com`, in any partition. */
function isBucket({ protocol, hostname, port }: URL): boolean {
  return protocol === 'https:' && port === '' && BUCKET.test(hostname);
}

const BUCKET =
  /^cloudformation-custom-resource-response-[a-z0-9]{1,40}\.s3[a-z0-9.-]{0,40}\.(?:amazonaws\.com|amazonaws\.com\.cn|amazonaws\.eu|c2s\.ic\.gov|sc2s\.sgov\.gov|cloud\.adc-e\.uk|csp\.hci\.ic\.gov)$/;

function isThisMachine({ hostname }: URL): boolean {
  return (
    process.env['AWS_LAMBDA_INITIALIZATION_TYPE'] === undefined &&
    ['127.0.0.1', '[::1]', 'localhost'].includes(hostname)
  );
}

function isEndpoint({ hostname, port }: URL): boolean {
  return [process.env['AWS_ENDPOINT_URL_S3'], process.env['AWS_ENDPOINT_URL']].some((text) => {
    if (text === undefined || !URL.canParse(text)) return false;
    const endpoint = new URL(text);
    return port === endpoint.port && (hostname === endpoint.hostname || hostname.endsWith(`.${endpoint.hostname}`));
  });
}
