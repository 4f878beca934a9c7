/** The limits of a line (CloudWatch: "Embedded metric format specification"). */
export const MOST_METRICS = 100;
/** Of the 30 of the specification, Powertools leaves one free. */
export const MOST_DIMENSIONS = 29;

/** The role of a name in a line. */
export type NameKind = 'metric' | 'dimension' | 'metadata';

/**
 * The names of one line, each of which is the key of one value: CloudWatch reads nothing of a line whose keys
 * contradict each other, so one name would lose the metrics of a whole event.
 */
export class LineNames {
  readonly #kinds: Map<string, NameKind>;

  /** @param dimensions The names of the dimensions that every line has. */
  constructor(dimensions: Iterable<string>) {
    this.#kinds = new Map(Array.from(dimensions, (name) => [name, 'dimension']));
  }

  /** @throws Error for a name that stands for something else already, or that no line may have. */
  check(name: string, kind: NameKind): void {
    // The member by which CloudWatch knows a line with metrics.
    if (name === '_aws' || name === '__proto__') throw new Error(`No ${kind} can be called ${name}.`);
    const known = this.#kinds.get(name);
    if (known !== undefined && known !== kind)
      throw new Error(`"${name}" is a ${known} of this event, so no ${kind} can have that name.`);
  }

  /** Takes a name, once all that may refuse its value has been asked. */
  take(name: string, kind: NameKind): void {
    this.#kinds.set(name, kind);
  }
}

/** @throws RangeError for a name that CloudWatch drops, with the whole line. */
export function checkMetricName(name: unknown): void {
  if (typeof name === 'string' && METRIC_NAME.test(name)) return;
  throw new RangeError(`${JSON.stringify(name)} is not the name of a metric: up to 255 characters of printable ASCII.`);
}

/** CloudWatch's limit (API reference, MetricDatum). */
const MOST = 2 ** 360;

/** @throws RangeError for what CloudWatch drops. JSON has no NaN and no Infinity. */
export function checkMetricValue(name: string, value: unknown): void {
  if (typeof value === 'number' && Math.abs(value) <= MOST) return;
  throw new RangeError(`The metric ${name} is ${String(value)}; it takes a number from -2^360 to 2^360.`);
}

/** Printable ASCII, with more in it than spaces (CloudWatch API reference: Metric, Dimension, PutMetricData). */
const METRIC_NAME = /^(?=.*[!-~])[ -~]{1,255}$/;
const NAMESPACE = /^(?!:|AWS\/)(?=.*[!-~])[ -~]{1,255}$/;
const NAME = /^(?!:)(?=.*[!-~])[ -~]{1,250}$/;
const VALUE = /^(?=.*[!-~])[ -~]{1,1024}$/;

/** Whether a namespace may have this name. Names that begin with `AWS/` are for services of AWS. */
export function isNamespace(text: unknown): boolean {
  return typeof text === 'string' && NAMESPACE.test(text);
}

/** Whether a dimension may have this name. */
export function isDimensionName(name: string): boolean {
  return NAME.test(name) && name !== '_aws' && name !== '__proto__';
}

/** Whether a dimension may have this value. */
export function isDimensionValue(value: unknown): boolean {
  return typeof value === 'string' && VALUE.test(value);
}

/** @throws RangeError for what CloudWatch drops, with the whole line. */
export function checkDimension(name: string, value: unknown): void {
  if (!isDimensionName(name))
    throw new RangeError(
      `${JSON.stringify(name)} is not the name of a dimension: up to 250 characters of printable ASCII, not with a ` +
        '":" at the beginning.',
    );
  // Powertools leaves an empty one out, with a warning.
  if (value === '' || isDimensionValue(value)) return;
  throw new RangeError(`The value of the dimension ${name} is not text of up to 1024 characters of printable ASCII.`);
}

/** @throws TypeError for anything but text, which may have no JSON. */
export function checkMetadata(key: string, value: unknown): void {
  if (typeof value !== 'string') throw new TypeError(`The metadata ${key} is ${typeof value}; it takes text.`);
}

/**
 * The limit in bytes for the dimensions and the metadata of a line. CloudWatch drops lines over 1 MB; 100 metrics with
 * 100 values each take up to 350 kB.
 */
const MOST_BYTES = 256 * 1024;

/** Counts the bytes of the dimensions and the metadata of a line. */
export class LineSize {
  #bytes = 0;

  /**
   * @param before What this replaces.
   * @throws RangeError for what would make CloudWatch drop the line.
   */
  add(what: string, texts: readonly string[], before: readonly string[] = []): void {
    const bytes = this.#bytes + bytesOf(texts) - bytesOf(before);
    if (bytes > MOST_BYTES)
      throw new RangeError(
        `${what} is too long: the dimensions and the metadata of an event take ${MOST_BYTES / 1024} kB at most, and ` +
          'CloudWatch drops lines over 1 MB.',
      );
    this.#bytes = bytes;
  }
}

function bytesOf(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + Buffer.byteLength(JSON.stringify(text)), 0);
}
