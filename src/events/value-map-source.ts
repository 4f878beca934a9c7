import type { QueryPair } from '../http/query.js';
import type { HeaderPair, RequestSource } from '../http/request-source.js';
import { asRecord } from './as-record.js';
import { type BodyEvent, isTextBody, readBytes, readText } from './event-body.js';
import { headerOf, mergedHeaderPairs } from './value-map.js';

/** What payload 1.0 of API Gateway and the events of ALB have in common. */
export interface ValueMapEvent extends BodyEvent {
  readonly httpMethod: string;
  readonly headers?: unknown;
  readonly multiValueHeaders?: unknown;
}

/** A request whose headers stand in a multi-value map, in a single-value one, or in both, in the case the client used. */
export abstract class ValueMapSource<E extends ValueMapEvent> implements RequestSource {
  readonly method: string;

  constructor(
    protected readonly event: E,
    readonly path: string,
  ) {
    this.method = event.httpMethod.toUpperCase();
  }

  abstract get id(): string | undefined;
  abstract get ip(): string | undefined;
  abstract queryString(): string;
  abstract rawQuery(): string | undefined;
  abstract queryPairs(): readonly QueryPair[];

  headerPairs(): Iterable<HeaderPair> {
    return mergedHeaderPairs(asRecord(this.event.multiValueHeaders), asRecord(this.event.headers));
  }

  header(name: string): string | undefined {
    return headerOf(asRecord(this.event.multiValueHeaders), name) ?? headerOf(asRecord(this.event.headers), name);
  }

  body(): Buffer | null {
    return readBytes(this.event);
  }

  isText(): boolean {
    return isTextBody(this.event);
  }

  text(): string | null {
    return readText(this.event);
  }
}
