import type { LambdaFunctionURLEvent } from 'aws-lambda';
import type { DecodeOptions } from '../../contracts/http-event-adapter.js';
import type { RequestSource } from '../../http/request-source.js';
import { keepPath, withoutBasePath } from '../event-path.js';
import { PayloadV2Source, rawPathOf } from '../payload-v2.js';

/** Function URLs leave `rawPath` encoded, and have no stages. */
export function decode(event: LambdaFunctionURLEvent, options: DecodeOptions): RequestSource {
  return new PayloadV2Source(event, withoutBasePath(keepPath(rawPathOf(event)), options));
}
