import { BootstrapError } from '../../errors/bootstrap-error.js';

/** What can be said of a sample event: what each flag takes, and what that is. */
export const SAMPLE_FLAGS = {
  body: ['<text>', 'what a record carries; more than once for more records'],
  bucket: ['<name>', 'uploads unless given'],
  connection: ['<id>', 'of a WebSocket'],
  detail: ['<json>', 'of an event on a bus, {} unless given'],
  'detail-type': ['<text>', 'Order Placed unless given'],
  event: ['<name>', 'ObjectCreated:Put unless given'],
  header: ['<line>', 'as in "name: value"; may be repeated'],
  key: ['<key>', 'photo.jpg unless given'],
  keys: ['<json>', 'of the item that changed, a plain object'],
  method: ['<method>', 'GET unless given'],
  'new-image': ['<json>', 'the item as it is now'],
  'old-image': ['<json>', 'the item as it was'],
  path: ['<path>', 'with its query; / unless given'],
  queue: ['<name>', 'orders unless given'],
  route: ['<key>', '$default unless given'],
  rule: ['<name>', 'of the schedule, nightly unless given'],
  source: ['<name>', 'com.example.shop unless given'],
  stream: ['<name>', 'orders unless given'],
  table: ['<name>', 'orders unless given'],
  time: ['<time>', 'when the schedule was due, now unless given, as in 2026-03-02T00:10:00Z'],
  token: ['<text>', 'what the client shows'],
  topic: ['<name>', 'orders unless given'],
} as const;

export type FlagName = keyof typeof SAMPLE_FLAGS;

/** The flags that were given. All may be repeated; where one makes sense only once, the last counts. */
export class SampleFlags {
  constructor(private readonly values: Readonly<Partial<Record<FlagName, readonly string[]>>>) {}

  list(name: FlagName): readonly string[] {
    return this.values[name] ?? [];
  }

  text(name: FlagName): string | undefined {
    return this.list(name).at(-1);
  }

  /** @throws BootstrapError when it is no JSON. */
  json(name: FlagName): unknown {
    const text = this.text(name);
    return text === undefined ? undefined : parseJson(text, `--${name}`);
  }

  /** @throws BootstrapError when it is no JSON object. */
  object(name: FlagName): Record<string, unknown> | undefined {
    const value = this.json(name);
    if (value === undefined) return undefined;
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
    throw new BootstrapError(`--${name} takes a JSON object, not ${JSON.stringify(value)}.`);
  }
}

/** @throws BootstrapError saying what of is no JSON. */
export function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new BootstrapError(`${where} is no JSON: ${(error as Error).message}.`, { cause: error });
  }
}
