import type { AppSyncIdentity, AppSyncResolverEvent } from 'aws-lambda';

/** The parts of a resolver event that matter to tests. */
export interface AppSyncSample<A, S> {
  arguments?: A;
  /** The object that has the field. Default: `null`, as for queries and mutations. */
  source?: S;
  /** The caller. Default: `null`, which means an API key. */
  identity?: AppSyncIdentity;
  headers?: Record<string, string>;
  /** The requested fields below this one. */
  selectionSetList?: string[];
}

/** Builds AppSync's event for a direct resolver of `type.field`. With batching, the event is a list of these. */
export function sampleAppSync<A = Record<string, unknown>, S = null>(
  type: string,
  field: string,
  sample: AppSyncSample<A, S> = {},
): AppSyncResolverEvent<A, S> {
  const { identity = null, source = null, headers = {}, selectionSetList = ['id'] } = sample;
  return {
    arguments: sample.arguments ?? ({} as A),
    identity,
    source: source as S,
    request: { headers: { 'x-forwarded-for': '203.0.113.10', ...headers }, domainName: null },
    info: {
      selectionSetList,
      selectionSetGraphQL: `{\n  ${selectionSetList.join('\n  ')}\n}`,
      parentTypeName: type,
      fieldName: field,
      variables: {},
    },
    prev: null,
    stash: {},
  };
}
