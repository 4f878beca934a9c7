import type { AttributeValue } from './message-sender.js';

/** A message attribute in a request to SQS or SNS. */
export interface SentAttribute {
  readonly DataType: string;
  readonly StringValue?: string;
  readonly BinaryValue?: Uint8Array;
}

type Attributes = Readonly<Record<string, AttributeValue>>;

/** Returns attributes as SQS and SNS take them; `undefined` without any. */
export function sentAttributes(attributes: Attributes): Record<string, SentAttribute> | undefined {
  const entries = Object.entries(attributes);
  return entries.length === 0
    ? undefined
    : Object.fromEntries(entries.map(([name, value]) => [name, sentAttribute(value)]));
}

function sentAttribute(value: AttributeValue): SentAttribute {
  if (value instanceof Uint8Array) return { DataType: 'Binary', BinaryValue: value };
  return { DataType: typeof value === 'number' ? 'Number' : 'String', StringValue: String(value) };
}

/**
 * Returns the bytes of names, types and values, which count like those of the message (SQS guide, "Message
 * attributes").
 */
export function attributesSize(attributes: Attributes): number {
  return Object.entries(attributes).reduce((sum, [name, value]) => {
    const { DataType, StringValue = '', BinaryValue } = sentAttribute(value);
    return (
      sum + Buffer.byteLength(name) + DataType.length + (BinaryValue?.length ?? 0) + Buffer.byteLength(StringValue)
    );
  }, 0);
}
