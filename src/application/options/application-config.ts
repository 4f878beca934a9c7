import { keepPath } from '../../events/http/path.js';
import type { JsonCodec } from '../../http/message/json.js';
import type { FormOptions } from '../../http/request/upload-options.js';
import type { LogWriter } from '../../logging/writers/line-fields.js';
import type { Overrides } from '../../modules/overrides.js';
import { joinPath } from '../../router/paths.js';
import type { RouterOptions } from '../../router/router.js';
import { resolveSettings, type Settings } from '../../settings/settings.js';
import type { Carriage } from '../../shared/event-types.js';
import { setOutgoingWriter } from '../../shared/outgoing-value.js';
import { serializingJson, written } from '../../validation/output/serialize.js';
import type { ValidationOptions } from '../../validation/validation-options.js';
import { type ApplicationOptions, type ConfiguredOptions, copiedOptions } from './application-options.js';
import { type BatchOptions, batchOptions, requestCarriages } from './record-options.js';

/** The time that every event has. */
export interface TimeOptions {
  /** Seconds: the setting `FUNCTION_TIMEOUT`. */
  readonly timeout: number;
  /** The milliseconds of the invocation that are reserved for the response. */
  readonly timeoutMargin: number;
}

/** The parts of an application that the test kit replaces. */
export interface TestSetup {
  readonly overrides?: Overrides;
  /** Receives the writer that the options ask for and returns the one to use. */
  readonly wrapWriter?: (writer: LogWriter) => LogWriter;
}

/** The options of `create`, checked and with defaults. */
export interface ApplicationConfig extends TestSetup {
  readonly options: ApplicationOptions;
  readonly settings: Settings;
  readonly json: JsonCodec;
  readonly uploads: FormOptions;
  readonly validation: ValidationOptions;
  readonly batch: Required<BatchOptions>;
  /** The queues and topics whose messages are requests. */
  readonly requestsVia: readonly Carriage[];
  readonly time: TimeOptions;
  /** With a leading slash and no trailing one, the longest first. */
  readonly basePath: readonly string[];
  readonly router: RouterOptions;
}

/**
 * Applies the defaults of checked options, and checks the environment's settings.
 *
 * @throws BootstrapError naming a bad setting.
 */
export function resolveConfig(given: ApplicationOptions, setup: TestSetup = {}): ApplicationConfig {
  const options = copiedOptions(given);
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
    json,
    ...configurable(options, json),
    validation: options.validation ?? {},
    requestsVia: requestCarriages(options.requestsVia),
    time: { timeout: settings.FUNCTION_TIMEOUT, timeoutMargin },
    basePath: basePathsOf(options.basePath ?? []),
    router: { ignoreTrailingSlash: options.ignoreTrailingSlash ?? false, caseSensitive: options.caseSensitive ?? true },
    ...setup,
  };
}

/** Adds options that `configure` has returned. */
export function withOptions(config: ApplicationConfig, configured: ConfiguredOptions): ApplicationConfig {
  const options = { ...config.options, ...configured };
  return { ...config, options, ...configurable(options, config.json) };
}

function configurable(options: ApplicationOptions, json: JsonCodec): Pick<ApplicationConfig, 'uploads' | 'batch'> {
  return {
    uploads: { ...options.uploads, nested: options.query === 'nested', json },
    batch: batchOptions(options.batch),
  };
}

/** Sorts the base paths so that the longest match comes first: `/v1/admin` before `/v1`. */
function basePathsOf(option: string | readonly string[]): string[] {
  const paths = new Set([option].flat().map((path) => keepPath(joinPath(path))));
  return [...paths].filter((path) => path !== '/').toSorted((a, b) => b.length - a.length);
}
