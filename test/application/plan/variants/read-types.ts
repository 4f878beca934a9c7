/** Something that the compiler or tsyringe emitted for a class or a member. */
export interface EmittedType {
  readonly name: unknown;
  readonly target: object;
  readonly key: string | symbol | undefined;
}

/** Runs `work`, and returns which of the emitted types it reads, of the classes that have them. */
export async function readTypes(work: () => unknown): Promise<EmittedType[]> {
  const reads: EmittedType[] = [];
  const { getMetadata, getOwnMetadata, hasOwnMetadata } = Reflect;
  const note = (name: unknown, target: object, key?: string | symbol): void => {
    for (let owner: object | null = target; owner; owner = Object.getPrototypeOf(owner) as object | null)
      if (hasOwnMetadata(name, owner, key!)) return void reads.push({ name, target: owner, key });
  };
  Object.assign(Reflect, {
    getMetadata: (...given: Parameters<typeof note>) => (note(...given), Reflect.apply(getMetadata, Reflect, given)),
    getOwnMetadata: (...given: Parameters<typeof note>) => {
      const [name, target, key] = given;
      if (hasOwnMetadata(name, target, key!)) reads.push({ name, target, key });
      return Reflect.apply(getOwnMetadata, Reflect, given);
    },
  });
  try {
    await work();
  } finally {
    Object.assign(Reflect, { getMetadata, getOwnMetadata });
  }
  return reads;
}

/** Returns the types in the first list that the second one lacks. */
export function missingTypes(all: readonly EmittedType[], known: readonly EmittedType[]): EmittedType[] {
  const keys = new Map<object, Map<unknown, unknown[]>>();
  for (const { name, target, key } of known) {
    const ofTarget = keys.get(target) ?? new Map<unknown, unknown[]>();
    keys.set(target, ofTarget.set(name, [...(ofTarget.get(name) ?? []), key]));
  }
  return all.filter(({ name, target, key }) => !keys.get(target)?.get(name)?.includes(key));
}
