import { configMetadata } from '../../config/config-metadata.js';
import { AWS_USES, type AwsUse, type ConfigurationUse } from '../../contracts/aws-uses.js';
import { mergedMetadata } from '../../metadata/merged-metadata.js';
import type { Definition, ProviderPlan } from '../../modules/provider-plan.js';
import { brandOf } from '../../shared/brand.js';
import { type DestinationKind, DestinationToken } from '../../shared/destination.js';
import { FEATURES, type FeatureUse } from '../optional-peers.js';

const CLASSES: Readonly<Record<DestinationKind, string>> = { queue: 'Queue', topic: 'Topic', bus: 'EventBus' };
const STORES = { secret: 'SecretsModule', parameter: 'ParametersModule' };
const BUCKET = 'PayloadBucket';
const TABLE = 'RateLimitModule with a table';

/** The providers of an application, or of some of its modules. */
interface Providers {
  readonly order: readonly ProviderPlan[];
  /** Whether the application has no other providers. Those of lazy modules may use more features. */
  readonly isAll: boolean;
}

/** Returns which features providers use. */
export function featureUse({ order, isAll }: Providers): FeatureUse {
  const definitions = order.map(({ definition }) => definition);
  const uses = definitions.flatMap(usesOf);
  // Without a name, the options are known at the start only, and may be those of the memory.
  const tables = uses.filter((use) => use.kind === 'table').filter(({ purpose }) => purpose === 'rate-limit');
  const used = new Set([
    ...order.flatMap(featuresOf),
    ...uses.flatMap((use) => (use.kind === 'configuration' ? storesOf(use, definitions) : [])),
    ...tables.flatMap(({ name }) => (name === undefined ? [] : [TABLE])),
    ...uses.flatMap(({ kind }) => (kind === 'bucket' ? [BUCKET] : [])),
  ]);
  const unsure = new Set([...uses.flatMap(possibleStores), ...(tables.length > 0 ? [TABLE] : [])]);
  const names = Object.keys(FEATURES).filter((name) => used.has(name) || (isAll && !unsure.has(name)));
  return Object.fromEntries(names.map((name) => [name, used.has(name)]));
}

/**
 * Returns the features that a provider belongs to: that of a module, of a destination, or of a method that is cached or
 * reads large payloads.
 */
function featuresOf({ definition: { provide }, isModule, type }: ProviderPlan): string[] {
  if (provide instanceof DestinationToken) return [CLASSES[provide.destination.kind]];
  // Methods with @Cached are the ones that refuse events.
  const methods = type ? [...mergedMetadata(type).methods.values()] : [];
  const cached = methods.some(({ refusesEvents }) => refusesEvents !== undefined);
  const reads = methods.some(({ readsPayloads }) => readsPayloads !== undefined);
  return [...(cached ? ['@Cached'] : []), ...(reads ? [BUCKET] : []), ...(isModule ? [brandOf(provide) ?? ''] : [])];
}

function usesOf(definition: Definition): readonly AwsUse[] {
  const isUses = definition.provide === AWS_USES && 'useValue' in definition;
  return isUses ? (definition.useValue as readonly AwsUse[]) : [];
}

/** Returns the stores that a configuration opens, for values that come from nowhere else. */
function storesOf({ type }: ConfigurationUse, definitions: readonly Definition[]): string[] {
  const { properties } = configMetadata(type);
  return [...properties.values()].flatMap(({ remote, variable }) => {
    const isGiven = definitions.some(({ provide }) => provide === remote?.store.token);
    return remote && variable === undefined && !isGiven ? [STORES[remote.store.noun]] : [];
  });
}

/** Returns the stores that a configuration opens if variables are not set. */
function possibleStores(use: AwsUse): string[] {
  if (use.kind !== 'configuration') return [];
  return [...configMetadata(use.type).properties.values()].flatMap(({ remote }) =>
    remote ? [STORES[remote.store.noun]] : [],
  );
}
