import { BootstrapError } from '../../errors/bootstrap-error.js';
import { isJsonObject } from '../../shared/json-values.js';
import { messageOf } from '../../shared/thrown.js';

/** The flags that change sample events, each with its value and its description. */
export const SAMPLE_FLAGS = {
  alarm: ['<name>', 'CloudWatch alarm (default: orders-errors)'],
  body: ['<text>', 'Body of a record; repeat for more records'],
  bucket: ['<name>', 'Bucket (default: uploads)'],
  connection: ['<id>', 'WebSocket connection id'],
  detail: ['<json>', 'Detail of an EventBridge event (default: {})'],
  'detail-type': ['<text>', 'Detail type of an EventBridge event (default: Order Placed)'],
  event: ['<name>', 'S3 event name (default: ObjectCreated:Put)'],
  header: ['<line>', 'Header as "name: value"; repeatable'],
  key: ['<key>', 'Object key (default: photo.jpg)'],
  keys: ['<json>', 'Key of the changed item, as a plain JSON object'],
  method: ['<method>', 'HTTP method (default: GET)'],
  'new-image': ['<json>', 'The item after the change'],
  'old-image': ['<json>', 'The item before the change'],
  path: ['<path>', 'Path and query string (default: /)'],
  queue: ['<name>', 'Queue (default: orders)'],
  route: ['<key>', 'WebSocket route key (default: $default)'],
  rule: ['<name>', 'Schedule rule (default: nightly)'],
  source: ['<name>', 'Source of an EventBridge event (default: com.example.shop)'],
  state: ['<state>', 'New state of the alarm: ALARM, OK or INSUFFICIENT_DATA (default: ALARM)'],
  stream: ['<name>', 'Stream (default: orders)'],
  table: ['<name>', 'Table (default: orders)'],
  time: ['<time>', 'Scheduled time in ISO 8601, such as 2026-03-02T00:10:00Z (default: now)'],
  token: ['<text>', 'Token to authorize'],
  topic: ['<name>', 'Topic (default: orders)'],
} as const;

export type FlagName = keyof typeof SAMPLE_FLAGS;

/** The values of the flags. All flags may be repeated; when only one value makes sense, the last one counts. */
export class SampleFlags {
  constructor(private readonly values: Readonly<Partial<Record<FlagName, readonly string[]>>>) {}

  list(name: FlagName): readonly string[] {
    return this.values[name] ?? [];
  }

  text(name: FlagName): string | undefined {
    return this.list(name).at(-1);
  }

  /** @throws BootstrapError when the value is not JSON. */
  json(name: FlagName): unknown {
    const text = this.text(name);
    return text === undefined ? undefined : parseJson(text, `--${name}`);
  }

  /** @throws BootstrapError when the value is not a JSON object. */
  object(name: FlagName): Record<string, unknown> | undefined {
    const value = this.json(name);
    if (value === undefined) return undefined;
    if (isJsonObject(value)) return value;
    throw new BootstrapError(`--${name} takes a JSON object, not ${JSON.stringify(value)}.`);
  }
}

/** @param where Where the text is from, for the message. @throws BootstrapError when the text is not JSON. */
export function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new BootstrapError(`${where} is not valid JSON: ${messageOf(error)}.`, { cause: error });
  }
}
