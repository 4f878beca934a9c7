/**
 * Returns the ARN of a resource in the function's own account and region. `${Partition}`, `${Region}` and `${Account}`
 * stand for these, because each deployment tool knows them in its own way.
 */
export function arnOf(service: string, resource: string): string {
  return `arn:\${Partition}:${service}:\${Region}:\${Account}:${resource}`;
}

/** The place of a deployed function, in the words of a deployment tool. */
interface Place {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

/** Replaces the placeholders of an ARN. */
export function arnIn({ partition, region, account }: Place, arn: string): string {
  return arn.replace('${Partition}', partition).replace('${Region}', region).replace('${Account}', account);
}
