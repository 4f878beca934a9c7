import { AsyncLocalStorage } from 'node:async_hooks';
import type { CloudFormationCustomResourceEvent, CloudFormationCustomResourceResponse } from 'aws-lambda';
import { putJson } from './put-json.js';
import type { EncodedResponse } from './response.js';

/** Sends the one response that CloudFormation gets about a custom resource, whoever creates it. */
export class CustomResourceResponder {
  /** The method was called, so it may have created something. */
  started = false;
  /** Someone else responds, later. */
  deferred = false;
  /** The method's result. */
  returned: unknown;
  #sending: Promise<CloudFormationCustomResourceResponse> | undefined;

  /**
   * @param timeLeft Returns the milliseconds left for sending the response.
   * @param url Where the response is put; `undefined` if the event did not come from CloudFormation.
   */
  constructor(
    readonly event: CloudFormationCustomResourceEvent,
    readonly timeLeft: () => number,
    readonly url: URL | undefined = responseUrlOf(event.ResponseURL),
  ) {}

  /** The response that is being sent, or has been sent. */
  get sending(): Promise<CloudFormationCustomResourceResponse> | undefined {
    return this.#sending;
  }

  /** @throws Error if the response cannot be delivered, or one was sent before. */
  async send({ response, json }: EncodedResponse): Promise<CloudFormationCustomResourceResponse> {
    this.checkOpen();
    this.#sending = this.#put(json).then(() => response);
    return this.#sending;
  }

  /** @throws Error if a response was sent before. */
  checkOpen(): void {
    if (this.#sending)
      throw new Error('CloudFormation has already been sent a response for this resource, and accepts only one.');
  }

  async #put(json: string): Promise<void> {
    if (this.url) await putJson(this.url, json, this.timeLeft);
  }
}

const responders = new AsyncLocalStorage<CustomResourceResponder>();

/** Runs the handling of an event, so that everything below it finds the event's responder. */
export function runWithResponder<T>(responder: CustomResourceResponder, run: () => T): T {
  return responders.run(responder, run);
}

/** Returns the responder of the event that is being handled; `undefined` for events of other sources. */
export function currentResponder(): CustomResourceResponder | undefined {
  return responders.getStore();
}

/** Returns the responder of the event that is being handled, or a new one if the method asks about another event. */
export function responderFor(event: CloudFormationCustomResourceEvent): CustomResourceResponder {
  const current = currentResponder();
  return current?.event.ResponseURL === event.ResponseURL
    ? current
    : new CustomResourceResponder(event, () => Number.POSITIVE_INFINITY);
}

/**
 * Returns where to put the response; `undefined` if the URL is not CloudFormation's, such as the `...` with which CDK's
 * provider framework invokes its handlers.
 *
 * Anyone who may invoke the function can send an event of this form, and must not choose what the function's network is
 * asked for. So the URL has to be one of CloudFormation's buckets. Outside Lambda, in a test or an emulator, it may
 * also be this machine; and if the environment names an endpoint for AWS itself (`AWS_ENDPOINT_URL`, as LocalStack sets
 * it), that one.
 */
function responseUrlOf(text: string): URL | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  return isBucket(url) || isThisMachine(url) || isEndpoint(url) ? url : undefined;
}

/** As in `cloudformation-custom-resource-response-useast1.s3.us-east-1.amazonaws.com`, in any partition. */
function isBucket({ protocol, hostname, port }: URL): boolean {
  const domain = DOMAINS.find((each) => hostname.endsWith(each));
  const isHttps = protocol === 'https:' && port === '';
  return isHttps && domain !== undefined && BUCKET.test(hostname.slice(0, -domain.length));
}

/** The domains of AWS's partitions. */
const DOMAINS = [
  '.amazonaws.com',
  '.amazonaws.com.cn',
  '.amazonaws.eu',
  '.c2s.ic.gov',
  '.sc2s.sgov.gov',
  '.cloud.adc-e.uk',
  '.csp.hci.ic.gov',
];
const BUCKET = /^cloudformation-custom-resource-response-[a-z0-9]{1,40}\.s3[a-z0-9.-]{0,40}$/;

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
