import { PlainRecord } from '../shared/plain-record.js';

export function paramsOf(names: readonly string[], values: readonly string[]): Readonly<Record<string, string>> {
  const params = new PlainRecord<string>();
  for (let index = 0; index < names.length; index++) params[names[index] as string] = values[index] as string;
  return params;
}
