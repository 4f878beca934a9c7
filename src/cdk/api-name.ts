import type { Construct } from 'constructs';

/** A name by which the API is found among those of other stacks. */
export function apiName({ node }: Construct): string {
  return node.path.replaceAll('/', '-');
}
