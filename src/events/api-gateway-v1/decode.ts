import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { DecodeOptions } from '../../contracts/http-event-adapter.js';
import { formatQuery, type QueryPair } from '../../http/query.js';
import type { RequestSource } from '../../http/request-source.js';
import { asString } from '../as-string.js';
import { keepPath, withoutBasePath, withoutStage } from '../event-path.js';
import { pairsOf, preferMulti } from '../value-map.js';
import { ValueMapSource } from '../value-map-source.js';

export function decode(event: APIGatewayProxyEvent, options: DecodeOptions): RequestSource {
  return new ApiGatewayV1Source(event, withoutBasePath(stagelessPath(event), options));
}

/**
 * REST APIs leave the stage out of `path`. HTTP APIs, which alone send a `version`, have it there when they are
 * called by their own domain; a custom domain's path has the mapping in its place.
 */
function stagelessPath(event: APIGatewayProxyEvent & { version?: unknown }): string {
  const path = keepPath(event.path);
  if (event.version !== '1.0') return path;
  const onOwnDomain = asString(event.requestContext?.domainName)?.includes('.execute-api.');
  return onOwnDomain ? withoutStage(path, event.requestContext.stage) : path;
}

/** Both kinds of map hold decoded query values. */
class ApiGatewayV1Source extends ValueMapSource<APIGatewayProxyEvent> {
  get id(): string | undefined {
    return asString(this.event.requestContext?.requestId);
  }

  get ip(): string | undefined {
    return asString(this.event.requestContext?.identity?.sourceIp);
  }

  queryString(): string {
    return formatQuery(this.queryPairs());
  }

  rawQuery(): undefined {
    return undefined;
  }

  queryPairs(): readonly QueryPair[] {
    return pairsOf(preferMulti(this.event.multiValueQueryStringParameters, this.event.queryStringParameters));
  }
}
