/** The origin of a trace: the ids of the trace and of the span that caused this event. */
export interface RemoteSpan {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** 16 hexadecimal digits. */
  readonly spanId: string;
  /** 1 for a trace that is being recorded, otherwise 0. */
  readonly traceFlags: 0 | 1;
  /** The text of the `tracestate` header. */
  readonly traceState?: string | undefined;
}

/** The longest header that is read. Both formats are shorter, but X-Ray's may have more fields. */
const MAX_LENGTH = 500;

/**
 * Reads a `traceparent` header.
 *
 * @param traceState The `tracestate` header that came with it.
 * @returns `undefined` for anything else.
 * @see W3C Trace Context, "traceparent Header Field Values".
 */
export function readTraceparent(header: unknown, traceState?: unknown): RemoteSpan | undefined {
  if (typeof header !== 'string' || header.length > MAX_LENGTH) return undefined;
  const [version = '', traceId = '', spanId = '', flags = '', ...rest] = header.trim().split('-');
  if (!isHex(version, 2) || version === 'ff' || !isHex(flags, 2)) return undefined;
  // A later version may add fields, this one has none.
  if (version === '00' && rest.length > 0) return undefined;
  const state = typeof traceState === 'string' && traceState !== '' ? traceState : undefined;
  return remoteSpan(traceId, spanId, (Number.parseInt(flags, 16) & 1) === 1, state);
}

/**
 * Reads an X-Ray trace header, as in `Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1`.
 *
 * @returns `undefined` for anything else, and without a parent.
 * @see AWS X-Ray: "Tracing header".
 */
export function readXRayHeader(header: unknown): RemoteSpan | undefined {
  if (typeof header !== 'string' || header.length > MAX_LENGTH) return undefined;
  const fields = new Map(header.split(';').map((field) => splitField(field)));
  const [version, time = '', unique = ''] = fields.get('Root')?.split('-') ?? [];
  if (version !== '1' || time.length !== 8) return undefined;
  return remoteSpan(time + unique, fields.get('Parent') ?? '', fields.get('Sampled') === '1');
}

function splitField(field: string): [name: string, value: string] {
  const end = field.indexOf('=');
  return [field.slice(0, end).trim(), field.slice(end + 1).trim()];
}

function remoteSpan(traceId: string, spanId: string, sampled: boolean, traceState?: string): RemoteSpan | undefined {
  if (!isHex(traceId, 32) || !isHex(spanId, 16) || isZero(traceId) || isZero(spanId)) return undefined;
  return { traceId, spanId, traceFlags: sampled ? 1 : 0, traceState };
}

function isHex(text: string, length: number): boolean {
  return text.length === length && /^[\da-f]+$/.test(text);
}

function isZero(id: string): boolean {
  return /^0+$/.test(id);
}
