import type { Environment } from '../settings/settings.js';
import type { ConfigProperty } from './config-property.js';
import { readValue } from './read-value.js';
import type { RemoteValues } from './remote-values.js';

/** What was found for a property. */
export interface Reading {
  readonly property: ConfigProperty;
  /** What holds the value, or should, as in `DATABASE_URL` and `The parameter "/shop/limit"`. */
  readonly place: string;
  /** The text, or the member of a secret; `undefined` if nothing sets the property. */
  readonly raw?: unknown;
  /** The converted text; `undefined` if nothing sets the property, or something is wrong. */
  readonly value?: unknown;
  /** What the text must be instead, as in `a number`. */
  readonly expected?: string;
  /** Why a parameter or a secret has no value. */
  readonly reason?: string;
  /** Whether the property can't have its default instead. */
  readonly hasFailed?: boolean;
}

/** Reads the value of a property from its variable, or else from its parameter or secret. A blank variable is unset. */
export async function readProperty(
  property: ConfigProperty,
  environment: Environment,
  values: RemoteValues,
): Promise<Reading> {
  const { variable, remote } = property;
  const text = variable === undefined ? undefined : environment[variable];
  if (typeof text === 'string' && text.trim() !== '') return converted(property, variable!, text);
  if (!remote) return { property, place: variable! };
  const { store, name, key } = remote;
  const place = key === undefined ? `The ${store.noun} "${name}"` : `The member "${key}" of the secret "${name}"`;
  const fetched = await values.fetch(remote);
  if ('value' in fetched) return converted(property, place, fetched.value);
  return { property, place, reason: fetched.reason, hasFailed: !fetched.isMissing };
}

function converted(property: ConfigProperty, place: string, raw: unknown): Reading {
  const read = readValue(raw, property.format);
  return { property, place, raw, ...read };
}
