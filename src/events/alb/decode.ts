import type { ALBEvent } from 'aws-lambda';
import type { DecodeOptions } from '../../contracts/http-event-adapter.js';
import { decodeFormComponent, type QueryPair } from '../../http/query.js';
import type { RequestSource } from '../../http/request-source.js';
import { keepPath, withoutBasePath } from '../event-path.js';
import { lastForwardedFor } from '../forwarded-for.js';
import { pairsOf, preferMulti } from '../value-map.js';
import { ValueMapSource } from '../value-map-source.js';

export function decode(event: ALBEvent, options: DecodeOptions): RequestSource {
  return new AlbSource(event, withoutBasePath(keepPath(event.path), options));
}

/** ALB hands the query over as it came: names and values are still encoded. */
class AlbSource extends ValueMapSource<ALBEvent> {
  /** ALB gives requests no id; `x-amzn-trace-id` may span several of them. */
  get id(): undefined {
    return undefined;
  }

  get ip(): string | undefined {
    return lastForwardedFor(this.header('x-forwarded-for'));
  }

  queryString(): string {
    return this.#rawPairs().map(([name, value]) => `${name}=${value}`).join('&');
  }

  rawQuery(): string {
    return this.queryString();
  }

  queryPairs(): readonly QueryPair[] {
    return this.#rawPairs().map(([name, value]) => [decodeFormComponent(name), decodeFormComponent(value)]);
  }

  #rawPairs(): QueryPair[] {
    return pairsOf(preferMulti(this.event.multiValueQueryStringParameters, this.event.queryStringParameters));
  }
}
