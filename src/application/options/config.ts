import { keepPath } from '../../events/http/path.js';
import type { RenderedHeaders } from '../../http/message/headers.js';
import type { JsonCodec } from '../../http/message/json.js';
import { checkCompressionOptions, type CompressionOptions } from '../../http/policies/compression.js';
import { type CorsPolicy, corsPolicy } from '../../http/policies/cors.js';
import { securityHeaders } from '../../http/policies/security-headers.js';
import type { FormOptions } from '../../http/request/upload-options.js';
import type { LogWriter } from '../../logging/writers/log-record.js';
import type { Overrides } from '../../modules/overrides.js';
import type { RouterOptions } from '../../router/route-tree.js';
import { resolveSettings, type Settings } from '../../settings/settings.js';
import type { Carriage } from '../../shared/event-types.js';
import { setOutgoingWriter } from '../../shared/outgoing.js';
import { serialize, withoutBigInts } from '../../validation/output/serialize.js';
import type { ValidationOptions } from '../../validation/validation-options.js';
import { type ApplicationOptions, checkedOptions } from './application-options.js';
import { type BatchOptions, resolveBatchOptions } from './batch-options.js';
import { joinPath } from './join-path.js';
import { resolveRequestsVia } from './requests-via.js';

/** What the application adds to every answer. */
export interface FinishOptions {
  readonly etag: boolean;
  readonly compression: CompressionOptions | undefined;
  readonly securityHeaders: ((headers: RenderedHeaders) => void) | undefined;
}

/** What the application decides for the time of every event. */
export interface TimeOptions {
  /** Seconds, of `FUNCTION_TIMEOUT`. */
  readonly timeout: number;
  /** Milliseconds that are kept back of the invocation's time. */
  readonly timeoutMargin: number;
}

/** What the test kit changes in an application. */
export interface TestSetup {
  readonly overrides?: Overrides;
  /** Gets the writer that the options ask for, and gives the one to be used. */
  readonly wrapWriter?: (writer: LogWriter) => LogWriter;
}

/** The options of `create`, checked and with every default in its place. */
export interface ApplicationConfig extends TestSetup {
  readonly options: ApplicationOptions;
  readonly settings: Settings;
  readonly cors: CorsPolicy | undefined;
  readonly finish: FinishOptions;
  readonly json: JsonCodec;
  readonly uploads: FormOptions;
  readonly validation: ValidationOptions;
  readonly batch: Required<BatchOptions>;
  /** Whose messages are requests. */
  readonly requestsVia: readonly Carriage[];
  readonly time: TimeOptions;
  /** With a leading slash and none behind, the longest first. */
  readonly basePath: readonly string[];
  readonly router: RouterOptions;
}

/**
 * Checks the options and the environment's settings.
 *
 * @throws BootstrapError naming an unknown option or a bad value.
 */
export function resolveConfig(given: ApplicationOptions, setup: TestSetup = {}): ApplicationConfig {
  const options = checkedOptions(given);
  setOutgoingWriter(written);
  const { bodyLimit, timeoutMargin = 200 } = options;
  const settings = resolveSettings(
    process.env,
    bodyLimit === undefined ? options.settings : { ...options.settings, BODY_LIMIT: bodyLimit },
  );
  const json = serializingJson(options.json ?? JSON);
  return {
    options,
    settings,
    cors: corsOf(options.cors),
    finish: finishOptions(options),
    json,
    uploads: { ...options.uploads, nested: options.query === 'nested', json },
    validation: options.validation ?? {},
    batch: resolveBatchOptions(options.batch),
    requestsVia: resolveRequestsVia(options.requestsVia),
    time: { timeout: settings.FUNCTION_TIMEOUT, timeoutMargin },
    basePath: basePathsOf(options.basePath ?? []),
    router: { ignoreTrailingSlash: options.ignoreTrailingSlash ?? false, caseSensitive: options.caseSensitive ?? true },
    ...setup,
  };
}

/** The longest one that fits is meant: of `/v1` and `/v1/admin` the second. */
function basePathsOf(option: string | readonly string[]): string[] {
  const paths = new Set([option].flat().map((path) => keepPath(joinPath(path))));
  return [...paths].filter((path) => path !== '/').toSorted((a, b) => b.length - a.length);
}

function corsOf(option: ApplicationOptions['cors']): CorsPolicy | undefined {
  if (option === undefined || option === false) return undefined;
  return corsPolicy(option);
}

function finishOptions({ etag = false, compression, securityHeaders: headers }: ApplicationOptions): FinishOptions {
  return {
    etag,
    compression: compressionOf(compression),
    securityHeaders: headers ? securityHeaders(headers) : undefined,
  };
}

function compressionOf(option: ApplicationOptions['compression']): CompressionOptions | undefined {
  const options = option === true ? {} : option || undefined;
  if (options) checkCompressionOptions(options);
  return options;
}

function written(value: unknown): unknown {
  return withoutBigInts(serialize(value));
}

/** Instances of classes with class-transformer's decorators are written as these say. */
function serializingJson(json: JsonCodec): JsonCodec {
  return { parse: (text) => json.parse(text), stringify: (value: unknown) => stringifyWith(json, serialize(value)) };
}

/**
 * Whoever has big integers may have told JSON what to make of them: it is asked first, which costs the others nothing.
 */
function stringifyWith(json: JsonCodec, value: unknown): string {
  try {
    return json.stringify(value);
  } catch (error) {
    const mended = withoutBigInts(value);
    if (mended === value) throw error;
    return json.stringify(mended);
  }
}
