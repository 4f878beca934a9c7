import type { DecodeOptions } from '../../contracts/http-event-adapter.js';
import type { RequestSource } from '../../http/request-source.js';
import { asRecord } from '../as-record.js';
import { withoutBasePath } from '../event-path.js';
import { LatticeSource, splitTarget } from '../lattice.js';
import type { LatticeEventV1 } from './detect.js';

export function decode(event: LatticeEventV1, options: DecodeOptions): RequestSource {
  const { path, rawQuery } = splitTarget(event.raw_path);
  const request = {
    method: event.method,
    headers: asRecord(event.headers),
    query: asRecord(event.query_string_parameters),
    body: event.body,
    isBase64Encoded: event.is_base64_encoded,
  };
  return new LatticeSource(request, withoutBasePath(path, options), rawQuery);
}
