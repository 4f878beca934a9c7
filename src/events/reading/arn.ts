/** Returns the last part of an ARN, the name of a queue or topic; empty without an ARN. */
export function lastOfArn(arn: unknown): string {
  return typeof arn === 'string' ? arn.slice(arn.lastIndexOf(':') + 1) : '';
}

/** Returns the name after a kind of resource: `orders` in `arn:…:stream/orders`; empty if the ARN has none. */
export function nameInArn(arn: unknown, kind: string): string {
  const marker = `:${kind}/`;
  const start = typeof arn === 'string' ? arn.indexOf(marker) : -1;
  return start === -1 ? '' : ((arn as string).slice(start + marker.length).split('/', 1)[0] as string);
}

/** Returns the service of an ARN, as in `kinesis`. */
export function serviceOfArn(arn: unknown): string | undefined {
  return typeof arn === 'string' ? arn.split(':', 3)[2] : undefined;
}

/**
 * Returns what reads an attribute from ARNs. It remembers the last one: the records of an event mostly come from one
 * queue, and share its attributes.
 *
 * @param name As in `queue`.
 * @param read Reads its value.
 */
export function attributeOfArns<N extends string>(
  name: N,
  read: (arn: unknown) => string,
): (arn: unknown) => Readonly<Record<N, string>> {
  let last: unknown;
  let attributes: Readonly<Record<N, string>> | undefined;
  return (arn) => {
    if (attributes && last === arn) return attributes;
    last = arn;
    return (attributes = Object.freeze({ [name]: read(arn) }) as Readonly<Record<N, string>>);
  };
}
