import { isMap, isSet } from 'node:util/types';

/** Returns what is directly in a list, a map, a set or an object. Calls no getters, which may have side effects. */
export function membersOf(value: object): Iterable<unknown> {
  if (Array.isArray(value) || isSet(value)) return value;
  if (isMap(value)) return [...value.keys(), ...value.values()];
  const members: readonly PropertyDescriptor[] = Object.values(Object.getOwnPropertyDescriptors(value));
  return members.map((member) => member.value as unknown);
}
