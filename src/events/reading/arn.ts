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
 * Returns a reader that remembers its last ARN: the records of an event mostly come from one queue, and share what is
 * read from its ARN.
 */
export function oncePerArn<T extends object>(read: (arn: unknown) => T): (arn: unknown) => Readonly<T> {
  let known: { readonly arn: unknown; readonly value: Readonly<T> } | undefined;
  return (arn) => {
    if (known?.arn !== arn) known = undefined;
    return (known ??= { arn, value: Object.freeze(read(arn)) }).value;
  };
}
