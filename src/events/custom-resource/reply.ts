import { AsyncLocalStorage } from 'node:async_hooks';
import type { CloudFormationCustomResourceEvent, CloudFormationCustomResourceResponse } from 'aws-lambda';
import { putJson } from './put-json.js';
import type { EncodedResponse } from './response.js';
import { responseUrlOf } from './response-url.js';

/** The one answer that CloudFormation is given about a custom resource, whoever comes to give it. */
export class CustomResourceReply {
  /** The method was called, so that something may have been made. */
  begun = false;
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

const replies = new AsyncLocalStorage<CustomResourceReply>();

/** Runs what an event comes to, so that everything below it knows of its one answer. */
export function runWithReply<T>(reply: CustomResourceReply, run: () => T): T {
  return replies.run(reply, run);
}

/** The answer of the event that is being handled; `undefined` for every other event. */
export function currentReply(): CustomResourceReply | undefined {
  return replies.getStore();
}

/** The answer of an event: the one that the application is to give, or one of its own where that is about another event. */
export function replyTo(event: CloudFormationCustomResourceEvent): CustomResourceReply {
  const current = currentReply();
  return current?.event.ResponseURL === event.ResponseURL ? current : new CustomResourceReply(event, () => Number.POSITIVE_INFINITY);
}
