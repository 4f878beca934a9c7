import type { RequestSample } from '../contracts/http-event-adapter.js';
import type { HeaderPair } from '../http/request-source.js';
import { percentEncode } from '../shared/percent-encode.js';
import { keepPath } from './event-path.js';
import { type SampleBody, sampleBody } from './sample-body.js';
import { clientHeaders, gatewayHeaders, headerLine } from './sample-headers.js';

/** A request with nothing left open, as a gateway has it before it makes an event of it. */
export interface SampleRequest extends SampleBody {
  readonly method: string;
  /** Percent-encoded, with a leading slash. */
  readonly path: string;
  /** Percent-encoded, without `?`. */
  readonly queryString: string;
  /** Names in the client's case, a pair a line; the gateway's own are among them. */
  readonly headers: readonly HeaderPair[];
  readonly ip: string;
  readonly userAgent: string | null;
  readonly receivedAt: Date;
}

/** Fills the gaps of a request; `host` is the gateway's own domain. */
export function sampleRequest(request: RequestSample, host: string): SampleRequest {
  const ip = request.ip ?? '203.0.113.10';
  const receivedAt = new Date();
  const lines = clientHeaders(request);
  return {
    method: request.method?.toUpperCase() ?? 'GET',
    ...splitUrl(request.url ?? '/'),
    headers: gatewayHeaders(lines, { host, ip, receivedAt }),
    ...sampleBody(request.body ?? null, headerLine(lines, 'content-type') ?? ''),
    ip,
    userAgent: headerLine(lines, 'user-agent') ?? null,
    receivedAt,
  };
}

/** What no client sends as it is, such as a space or `é`, is encoded; what is encoded stays. */
function splitUrl(url: string): Pick<SampleRequest, 'path' | 'queryString'> {
  const target = url.split('#', 1)[0]!;
  const question = target.indexOf('?');
  if (question === -1) return { path: keepPath(target), queryString: '' };
  const queryString = target.slice(question + 1).replace(/[^\x21-\x7e]+/gu, percentEncode);
  return { path: keepPath(target.slice(0, question)), queryString };
}
