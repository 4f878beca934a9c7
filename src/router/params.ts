/**
 * A record without inherited members. Its prototype is an empty object rather than `null`:
 * V8 keeps such records in fast mode, and filling one takes a quarter of the time of `Object.create(null)`.
 */
class Params {
  [name: string]: string;
}
Object.setPrototypeOf(Params.prototype, null);
delete (Params.prototype as { constructor?: unknown }).constructor;
Object.freeze(Params.prototype);

export function paramsOf(names: readonly string[], values: readonly string[]): Readonly<Record<string, string>> {
  const params = new Params();
  for (let index = 0; index < names.length; index++) params[names[index] as string] = values[index] as string;
  return params;
}
