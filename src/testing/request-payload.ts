import type { RequestSample } from '../samples/request.js';

/** Writes a payload into the body of a request, with the content type that belongs to it. */
export function withPayload(request: RequestSample, payload: unknown): RequestSample {
  if (typeof payload === 'string' || payload instanceof Uint8Array) return { ...request, body: payload };
  if (payload instanceof URLSearchParams)
    return typed(request, payload.toString(), 'application/x-www-form-urlencoded');
  if (isReadLater(payload)) {
    throw new TypeError(
      'FormData and Blobs can only be read asynchronously: send them with inject({ payload }), or pass their bytes.',
    );
  }
  return typed(request, JSON.stringify(payload), 'application/json');
}

function typed<R extends RequestSample>(request: R, body: string | Uint8Array, contentType: string): R {
  const named = Object.keys(request.headers ?? {}).some((name) => name.toLowerCase() === 'content-type');
  return { ...request, headers: named ? request.headers : { ...request.headers, 'Content-Type': contentType }, body };
}

/** Whether the bytes of a payload can only be read asynchronously. */
export function isReadLater(payload: unknown): payload is FormData | Blob {
  return payload instanceof FormData || payload instanceof Blob;
}

/** {@link withPayload} for one whose bytes can only be read asynchronously. */
export async function readPayload<R extends RequestSample>(request: R, payload: FormData | Blob): Promise<R> {
  const read = new Response(payload);
  const bytes = new Uint8Array(await read.arrayBuffer());
  const type = read.headers.get('content-type');
  // Clients send a Blob that has no type without a content type.
  return type ? typed(request, bytes, type) : { ...request, body: bytes };
}
