import { createHash, randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import zlib from 'node:zlib';
import { readBody } from '../read-body.js';
import { comesFromPage } from '../refused-requests.js';
import type { ObjectStore, StoredObject } from './object-store.js';

/** A response in S3's protocol (REST, XML). */
export interface S3Response {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string;
}

/** An error of S3, which the client gets as XML. */
class S3Error extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** The limit in bytes of an object. */
const OBJECT_LIMIT = 64 * 1024 * 1024;

/** Handles `PutObject`, `GetObject`, `HeadObject` and `DeleteObject`, with the bucket in the path. */
export async function handleS3Request(request: IncomingMessage, store: ObjectStore): Promise<S3Response> {
  try {
    if (comesFromPage(request))
      throw new S3Error(403, 'AccessDenied', 'Requests from web pages in a browser are refused.');
    refuseOthers(request);
    const place = placeOf(request, store);
    const action = ACTIONS[request.method ?? ''];
    if (!action) throw new S3Error(501, 'NotImplemented', 'Only objects can be written, read and deleted here.');
    return await action(place, store, request);
  } catch (error) {
    if (!(error instanceof S3Error)) throw error;
    return errorXml(error);
  }
}

interface Place {
  readonly bucket: string;
  readonly key: string;
}

type Action = (place: Place, store: ObjectStore, request: IncomingMessage) => S3Response | Promise<S3Response>;

const ACTIONS: Readonly<Record<string, Action>> = {
  PUT: async ({ bucket, key }, store, request) => {
    const object = await readObject(request);
    store.put(bucket, key, object);
    return { status: 200, headers: { etag: etagOf(object), ...checksumOf(object) } };
  },
  GET: (place, store, { headers }) => {
    const object = objectAt(place, store);
    const checksum = headers['x-amz-checksum-mode'] === 'ENABLED' ? checksumOf(object) : {};
    return { status: 200, headers: { ...headersOf(object), ...checksum }, body: object.body };
  },
  HEAD: (place, store) => ({ status: 200, headers: headersOf(objectAt(place, store)) }),
  DELETE: ({ bucket, key }, store) => {
    store.delete(bucket, key);
    return { status: 204 };
  },
};

/** Headers that ask for a part of an object, a copy of one, or for nothing under a condition. */
const ASKING = /^(?:range|if-(?:none-)?match|if-(?:un)?modified-since|x-amz-copy-source.*)$/;

/** Matches parameters of clients and of signed URLs; others ask for versions, parts and the like. */
const MEANINGLESS = /^x-(?:id$|amz-)/i;

/** Refuses requests whose headers or parameters ask for more than is emulated. @throws S3Error */
function refuseOthers({ url = '', headers }: IncomingMessage): void {
  const parameters = new URLSearchParams(/\?.*/.exec(url)?.[0]);
  const isKnown = [...parameters.keys()].every((name) => MEANINGLESS.test(name));
  if (isKnown && !Object.keys(headers).some((name) => ASKING.test(name))) return;
  throw new S3Error(501, 'NotImplemented', 'Versions, parts, ranges, copies and conditions are not emulated here.');
}

function placeOf({ url = '' }: IncomingMessage, store: ObjectStore): Place {
  const [, bucket = '', path = ''] = /^\/([^/?]+)\/([^?]+)/.exec(url) ?? [];
  if (path === '') throw new S3Error(501, 'NotImplemented', 'A request must name an object: /bucket/key.');
  if (!store.has(bucket)) throw new S3Error(404, 'NoSuchBucket', 'The specified bucket does not exist');
  try {
    return { bucket, key: decodeURIComponent(path) };
  } catch {
    throw new S3Error(400, 'InvalidURI', 'The key is not encoded as in URLs.');
  }
}

function objectAt({ bucket, key }: Place, store: ObjectStore): StoredObject {
  const object = store.get(bucket, key);
  if (object) return object;
  throw new S3Error(404, 'NoSuchKey', 'The specified key does not exist.');
}

async function readObject(request: IncomingMessage): Promise<StoredObject> {
  const { headers } = request;
  const body = await readBody(request, OBJECT_LIMIT);
  if (!body) throw new S3Error(400, 'EntityTooLarge', `An object may have ${OBJECT_LIMIT} bytes here.`);
  if (String(headers['content-encoding']).includes('aws-chunked'))
    throw new S3Error(501, 'NotImplemented', 'Streams are not supported here: send the body as text or bytes.');
  const { 'x-amz-checksum-crc32': crc32, 'content-type': type = 'application/octet-stream' } = headers;
  if (typeof crc32 !== 'string') return { body, type };
  // Node.js has it since 20.15.
  if (typeof zlib.crc32 === 'function' && crc32 !== base64(zlib.crc32(body)))
    throw new S3Error(400, 'BadDigest', 'The CRC32 you specified did not match the calculated checksum.');
  return { body, type, checksum: ['x-amz-checksum-crc32', crc32] };
}

function base64(crc: number): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc);
  return bytes.toString('base64');
}

function etagOf({ body }: StoredObject): string {
  return `"${createHash('md5').update(body).digest('hex')}"`;
}

function headersOf(object: StoredObject): Record<string, string> {
  const { body, type } = object;
  return { 'content-type': type, 'content-length': String(body.length), etag: etagOf(object) };
}

function checksumOf({ checksum }: StoredObject): Record<string, string> {
  return checksum ? { [checksum[0]]: checksum[1], 'x-amz-checksum-type': 'FULL_OBJECT' } : {};
}

function errorXml({ status, code, message }: S3Error): S3Response {
  const body =
    '<?xml version="1.0" encoding="UTF-8"?>\n' +
    `<Error><Code>${code}</Code><Message>${message}</Message><RequestId>${randomUUID()}</RequestId></Error>`;
  return { status, headers: { 'content-type': 'application/xml' }, body };
}
