import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { ObjectStore } from '../../../src/local/buckets/object-store.js';
import { type LocalBuckets, startBuckets } from '../../../src/local/buckets/start-buckets.js';

let buckets: LocalBuckets;
let s3: S3Client;

beforeAll(async () => {
  buckets = await startBuckets({ names: ['payloads'] });
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  s3 = new S3Client({ endpoint: buckets.endpoint, region: 'local', credentials, maxAttempts: 1 });
});

afterAll(async () => {
  s3.destroy();
  await buckets.close();
});

const place = (Key: string, Bucket = 'payloads') => ({ Bucket, Key });

async function read(Key: string): Promise<string> {
  const { Body } = await s3.send(new GetObjectCommand(place(Key)));
  return Body!.transformToString();
}

describe('a client of the SDK', () => {
  test.each(['a', 'orders/2026/a', "it's (a) *key*!", 'ü €'])(
    'writes, reads and deletes an object: %s',
    async (key) => {
      await s3.send(new PutObjectCommand({ ...place(key), Body: 'ü'.repeat(5), ContentType: 'text/plain' }));
      expect(await s3.send(new HeadObjectCommand(place(key)))).toMatchObject({
        ContentLength: 10,
        ContentType: 'text/plain',
      });
      expect(await read(key)).toBe('ü'.repeat(5));
      await s3.send(new DeleteObjectCommand(place(key)));
      await expect(read(key)).rejects.toMatchObject({ name: 'NoSuchKey' });
    },
  );

  test('checks what it reads by the checksum that it wrote', async () => {
    await s3.send(new PutObjectCommand({ ...place('checked'), Body: Buffer.from([1, 2, 3]) }));
    const { Body, ChecksumCRC32 } = await s3.send(new GetObjectCommand(place('checked')));
    expect(ChecksumCRC32).toBe('VbyAHQ==');
    expect([...(await Body!.transformToByteArray())]).toEqual([1, 2, 3]);
  });

  test('learns that its checksum is wrong', async () => {
    const command = new PutObjectCommand({ ...place('broken'), Body: 'a', ChecksumCRC32: 'AAAAAA==' });
    await expect(s3.send(command)).rejects.toMatchObject({ name: 'BadDigest' });
    await expect(read('broken')).rejects.toMatchObject({ name: 'NoSuchKey' });
  });

  test('learns of a bucket that does not exist', async () => {
    const command = new PutObjectCommand({ ...place('a', 'elsewhere'), Body: 'a' });
    await expect(s3.send(command)).rejects.toMatchObject({ name: 'NoSuchBucket' });
  });

  test('overwrites an object', async () => {
    for (const Body of ['one', 'two']) await s3.send(new PutObjectCommand({ ...place('again'), Body }));
    expect(await read('again')).toBe('two');
  });
});

const ask = (path: string, init: RequestInit = {}) => fetch(buckets.endpoint + path, init);

describe('a request', () => {
  test.each([
    [
      'of a web page',
      '/payloads/a',
      { method: 'PUT', headers: { origin: 'https://evil.example' } },
      403,
      'AccessDenied',
    ],
    ['without a key', '/payloads', {}, 501, 'NotImplemented'],
    ['without a key, but with a slash', '/payloads/', {}, 501, 'NotImplemented'],
    ['of another method', '/payloads/a', { method: 'POST' }, 501, 'NotImplemented'],
    ['for a part of an object', '/payloads/a', { headers: { range: 'bytes=0-1' } }, 501, 'NotImplemented'],
    ['for another version', '/payloads/a?versionId=1', {}, 501, 'NotImplemented'],
    ['with a part of an upload', '/payloads/a?partNumber=1&uploadId=a', { method: 'PUT' }, 501, 'NotImplemented'],
    ['with tags', '/payloads/a?tagging', { method: 'PUT', body: '<Tagging/>' }, 501, 'NotImplemented'],
    ['to copy', '/payloads/a', { method: 'PUT', headers: { 'x-amz-copy-source': 'b/c' } }, 501, 'NotImplemented'],
    ['on a condition', '/payloads/a', { method: 'PUT', headers: { 'if-none-match': '*' } }, 501, 'NotImplemented'],
    ['with a key that is not encoded', '/payloads/%E0%A4%A', {}, 400, 'InvalidURI'],
    [
      'in chunks',
      '/payloads/a',
      { method: 'PUT', body: 'a', headers: { 'content-encoding': 'aws-chunked' } },
      501,
      'Not',
    ],
  ])('%s is refused', async (_, path, init, status, code) => {
    const response = await ask(path, init);
    expect(response.status).toBe(status);
    expect(await response.text()).toContain(`<Code>${code}`);
  });

  test('for another host is refused', async () => {
    const { request } = await import('node:http');
    const status = await new Promise((resolve) => {
      const options = { headers: { host: 'evil.example' } };
      request(`${buckets.endpoint}/payloads/a`, options, ({ statusCode }) => resolve(statusCode)).end();
    });
    expect(status).toBe(403);
  });
});

test('the URL of a bucket is known, and that of another is not', () => {
  expect(buckets.urlOf('payloads')).toBe(`${buckets.endpoint}/payloads`);
  expect(() => buckets.urlOf('elsewhere')).toThrow('There is no bucket "elsewhere": add it to names.');
  buckets.create('more-payloads');
  expect(buckets.urlOf('more-payloads')).toBe(`${buckets.endpoint}/more-payloads`);
});

test.each(['a', 'Payloads', 'a_b', '../a', 'a'.repeat(64)])('%s is not the name of a bucket', async (name) => {
  await expect(startBuckets({ names: [name] })).rejects.toThrow('is not the name of a bucket');
});

test('the names of buckets are needed', async () => {
  await expect(startBuckets({} as never)).rejects.toThrow("startBuckets() needs names: ['payloads'].");
});

test('the oldest objects are dropped beyond the room for all', () => {
  const store = new ObjectStore(10);
  const put = (key: string, bytes: number) => store.put('a', key, { body: Buffer.alloc(bytes), type: '' });
  put('1', 4);
  put('2', 4);
  put('1', 5);
  put('3', 4);
  expect(['1', '2', '3'].map((key) => store.get('a', key)?.body.length)).toEqual([5, undefined, 4]);
  put('4', 100);
  expect(['1', '3', '4'].map((key) => store.get('a', key)?.body.length)).toEqual([undefined, undefined, 100]);
});
