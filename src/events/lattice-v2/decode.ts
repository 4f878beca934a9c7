import type { DecodeOptions } from '../../contracts/http-event-adapter.js';
import type { RequestSource } from '../../http/request-source.js';
import { asRecord } from '../as-record.js';
import { withoutBasePath } from '../event-path.js';
import { LatticeSource, splitTarget } from '../lattice.js';
import type { LatticeEventV2 } from './detect.js';

export function decode(event: LatticeEventV2, options: DecodeOptions): RequestSource {
  const { path, rawQuery } = splitTarget(event.path);
  const { method, body, isBase64Encoded } = event;
  const request = { method, headers: asRecord(event.headers), query: asRecord(event.queryStringParameters), body, isBase64Encoded };
  return new LatticeSource(request, withoutBasePath(path, options), rawQuery);
}
