import type { AppSyncIdentity, AppSyncResolverEvent } from 'aws-lambda';

/** A question to a resolver, as far as it matters. */
export interface AppSyncSample<A, S> {
  arguments?: A;
  /** The object that has the field; `null` unless given, as it is for queries and mutations. */
  source?: S;
  /** Who asks; `null`, which is an API key, unless given. */
  identity?: AppSyncIdentity;
  headers?: Record<string, string>;
  /** The fields that are asked for below this one. */
  selectionSetList?: string[];
}

/** The question of AppSync to a direct resolver of `type.field`. With batching, a list of these is the event. */
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
