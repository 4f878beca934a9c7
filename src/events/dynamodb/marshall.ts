import type { AttributeValue } from 'aws-lambda';

/** Makes an item's attributes of a plain object; members that are `undefined` are left out. */
export function marshall(item: Readonly<Record<string, unknown>>): Record<string, AttributeValue> {
  const members = Object.entries(item).filter(([, value]) => value !== undefined);
  return Object.fromEntries(members.map(([name, value]) => [name, attributeOf(value)]));
}

function attributeOf(value: unknown): AttributeValue {
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number' || typeof value === 'bigint') return { N: String(value) };
  if (typeof value === 'boolean') return { BOOL: value };
  if (value === null || value === undefined) return { NULL: true };
  if (value instanceof Uint8Array) return { B: Buffer.from(value).toString('base64') };
  if (value instanceof Set) return setOf([...value] as unknown[]);
  if (Array.isArray(value)) return { L: value.map(attributeOf) };
  return { M: marshall(value as Record<string, unknown>) };
}

/** The first member says of what the set is. */
function setOf(members: readonly unknown[]): AttributeValue {
  const [first] = members;
  if (first instanceof Uint8Array) return { BS: members.map((bytes) => Buffer.from(bytes as Uint8Array).toString('base64')) };
  return typeof first === 'string' ? { SS: members.map(String) } : { NS: members.map(String) };
}
