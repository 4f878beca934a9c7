/** The last part of an ARN, which names a queue or a topic; empty where there is no ARN. */
export function lastOfArn(arn: unknown): string {
  return typeof arn === 'string' ? arn.slice(arn.lastIndexOf(':') + 1) : '';
}

/** The name behind a kind of resource: `orders` in `arn:aws:kinesis:…:stream/orders`; empty where the ARN has none. */
export function nameInArn(arn: unknown, kind: string): string {
  const marker = `:${kind}/`;
  const start = typeof arn === 'string' ? arn.indexOf(marker) : -1;
  return start === -1 ? '' : ((arn as string).slice(start + marker.length).split('/', 1)[0] as string);
}

/** The service that an ARN belongs to, as in `kinesis`. */
export function serviceOfArn(arn: unknown): string | undefined {
  return typeof arn === 'string' ? arn.split(':', 3)[2] : undefined;
}
