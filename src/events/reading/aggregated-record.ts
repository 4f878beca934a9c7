/** A record that a producer put into an aggregated record. */
export interface UserRecord {
  readonly partitionKey: string;
  readonly data: Buffer;
}

/** The first characters that the magic number `f3 89 9a c2` has in base64. */
const MAGIC = '84maw';
const MAGIC_LENGTH = 4;
const CHECKSUM_LENGTH = 16;

/** Whether the data of a Kinesis record, in base64, may be an aggregated record. */
export function mayBeAggregated(data: unknown): data is string {
  return typeof data === 'string' && data.startsWith(MAGIC);
}

/**
 * Returns the records inside of an aggregated record, as the Kinesis Producer Library makes them; `undefined` if the
 * checksum says that the data is something else, as for Amazon's own consumers.
 *
 * @throws Error for an aggregated record that can't be read.
 * @see https://github.com/awslabs/amazon-kinesis-producer/blob/master/aggregation-format.md
 */
export function userRecordsIn(data: string): UserRecord[] | undefined {
  const bytes = Buffer.from(data, 'base64');
  const message = bytes.subarray(MAGIC_LENGTH, -CHECKSUM_LENGTH);
  if (bytes.length < MAGIC_LENGTH + CHECKSUM_LENGTH || !checksum(message).equals(bytes.subarray(-CHECKSUM_LENGTH)))
    return undefined;
  const keys: string[] = [];
  const found: { readonly key: number; readonly data: Buffer }[] = [];
  for (const { field, bytes: part } of fieldsOf(message)) {
    if (field === 1 && part) keys.push(part.toString('utf8'));
    if (field === 3 && part) found.push(recordIn(part));
  }
  // The library sends none without records: they are in another form, and must not be taken for handled.
  if (found.length === 0) throw unreadable();
  return found.map((record) => {
    const partitionKey = keys[record.key];
    if (partitionKey === undefined) throw unreadable();
    return { partitionKey, data: record.data };
  });
}

/** Loaded when it is needed, because that takes 5 ms. */
function checksum(message: Buffer): Buffer {
  const crypto = process.getBuiltinModule?.('node:crypto');
  if (!crypto) throw new Error('Aggregated records of the Kinesis Producer Library need Node.js 20.16 or later');
  return crypto.createHash('md5').update(message).digest();
}

function recordIn(message: Buffer): { key: number; data: Buffer } {
  let key: number | undefined;
  let data: Buffer | undefined;
  for (const { field, number, bytes } of fieldsOf(message)) {
    if (field === 1) key = number;
    if (field === 3) data = bytes;
  }
  if (key === undefined || !data) throw unreadable();
  return { key, data };
}

/** A field of a message in the format of protocol buffers: a number, or bytes. */
interface Field {
  readonly field: number;
  readonly number?: number;
  readonly bytes?: Buffer;
}

/** @see https://protobuf.dev/programming-guides/encoding/ */
function* fieldsOf(message: Buffer): Iterable<Field> {
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let factor = 1; factor <= 2 ** 49; factor *= 128) {
      const byte = message[at++];
      if (byte === undefined) throw unreadable();
      value += (byte % 128) * factor;
      if (byte < 128) return value;
    }
    throw unreadable();
  };
  const take = (length: number): Buffer => {
    if (at + length > message.length) throw unreadable();
    return message.subarray(at, (at += length));
  };
  while (at < message.length) {
    const tag = varint();
    const field = Math.floor(tag / 8);
    switch (tag % 8) {
      case 0:
        yield { field, number: varint() };
        break;
      case 1:
        take(8);
        break;
      case 2:
        yield { field, bytes: take(varint()) };
        break;
      case 5:
        take(4);
        break;
      default:
        throw unreadable();
    }
  }
}

function unreadable(): Error {
  return new Error('The aggregated record of the Kinesis Producer Library is not readable');
}
