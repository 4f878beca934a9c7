import { checkCarriage } from '../../decorators/check-consumer.js';
import { BootstrapError } from '../../errors/bootstrap-error.js';
import {
  anObject,
  anyText,
  anything,
  callable,
  checkOptions,
  either,
  flag,
  listOf,
  numberAbove,
  numberFrom,
  oneOf,
  refuseUnknownOptions,
  type OptionRule,
  type OptionRules,
  text,
} from '../../errors/check-options.js';
import { describeValue } from '../../errors/describe-value.js';
import { headerName } from '../../http/message/headers.js';
import type { JsonCodec } from '../../http/message/json.js';
import { checkAccessLogOptions } from '../../logging/access-log/access-log-options.js';
import type { EnhancerKind } from '../../metadata/class-metadata.js';
import { ENHANCER_KINDS } from '../../modules/enhancer-kinds.js';
import { checkEnhancer } from '../../modules/plan/check-enhancers.js';
import { SETTING_NAMES } from '../../settings/settings.js';
import type { Carrier } from '../../shared/event-types.js';
import { isPromiseLike } from '../../shared/promise.js';
import { VALIDATION_RULES } from '../../validation/validation-options.js';
import type { ApplicationOptions } from '../options/application-options.js';
import type { RequestsVia } from '../options/record-options.js';
import type { VersioningOptions } from '../options/versioning.js';
import { checkConfiguredMembers, CONFIGURED_RULES } from './check-configured-options.js';

/** A literal path: no query, no fragment, no pattern. */
const aPath: OptionRule = {
  expected: "text, as in '/v1'",
  accepts: (value) => typeof value === 'string' && !/[\s?#*{}]/.test(value),
};

const RULES: OptionRules<ApplicationOptions> = {
  ...CONFIGURED_RULES,
  guards: anything,
  interceptors: anything,
  pipes: anything,
  filters: anything,
  logger: anything,
  accessLog: either(flag, anObject),
  basePath: either(aPath, listOf(aPath)),
  ignoreTrailingSlash: flag,
  caseSensitive: flag,
  bodyLimit: either(numberAbove(0, 'bytes'), text),
  versioning: anObject,
  timeoutMargin: numberFrom(0, 'milliseconds'),
  unhandledErrors: oneOf('throw', 'respond'),
  requestsVia: anything,
  validation: anObject,
  json: either(anObject, callable),
  settings: anObject,
  configure: callable,
};

/** @throws BootstrapError naming an unknown option or a bad value. */
export function checkApplicationOptions(options: ApplicationOptions): void {
  checkOptions(options, RULES, 'the options of LambdaApplication.create');
  for (const kind of ENHANCER_KINDS) checkEnhancerList(options[kind], kind);
  const { accessLog, json, validation, versioning } = options;
  if (json) checkJson(json);
  if (typeof accessLog === 'object') checkAccessLogOptions(accessLog);
  checkConfiguredMembers(options);
  if (validation) checkOptions(validation, VALIDATION_RULES, 'the option validation');
  if (validation?.forbidNonWhitelisted && !validation.whitelist) {
    throw new BootstrapError('validation.forbidNonWhitelisted does nothing without validation.whitelist: true.');
  }
  if (versioning) checkVersioning(versioning);
  if (options.settings) refuseUnknownOptions(options.settings, SETTING_NAMES, 'the option settings');
  if (options.requestsVia !== undefined) checkRequestsVia(options.requestsVia);
}

function checkEnhancerList(given: unknown, kind: EnhancerKind): void {
  if (given === undefined) return;
  if (!Array.isArray(given)) {
    throw new BootstrapError(
      `The option ${kind} is ${describeValue(given)}: it must be a list, as in ${kind}: [MyClass].`,
    );
  }
  given.forEach((entry, index) =>
    checkEnhancer(entry, kind, () => `${kind}[${index}] of the options of LambdaApplication.create`),
  );
}

/**
 * Checks the functions by calling them once: a promise could not be a body. Other members are allowed, as `json` may be
 * `JSON` itself or a library.
 */
function checkJson(json: JsonCodec): void {
  if (typeof json.parse !== 'function' || typeof json.stringify !== 'function') {
    throw new BootstrapError('The option json must be an object with the functions parse and stringify');
  }
  const written: unknown = json.stringify({ a: 1 });
  if (typeof written !== 'string') {
    throw new BootstrapError(
      `json.stringify returned ${describeValue(written)}: it must return a string, synchronously.`,
    );
  }
  const read: unknown = json.parse(written);
  if (isPromiseLike(read))
    throw new BootstrapError(`json.parse returned ${describeValue(read)}: it must return the data, synchronously.`);
}

const aListOfNames: OptionRule = { expected: "a list of names, as in ['api-requests']", accepts: Array.isArray };
const CARRIER_RULES: OptionRules<RequestsVia> = { sqs: aListOfNames, mq: aListOfNames, sns: aListOfNames };

/** @throws BootstrapError for an unknown source, and for anything but a list of names. */
function checkRequestsVia(option: RequestsVia): void {
  const where = 'the option requestsVia';
  checkOptions(option, CARRIER_RULES, where);
  for (const [source, given = []] of Object.entries(option) as [Carrier, readonly string[] | undefined][])
    for (const name of given) checkCarriage({ source, name }, where);
}

const VERSIONING_RULES: Readonly<Record<VersioningOptions['type'], Readonly<Record<string, OptionRule>>>> = {
  path: { type: anything, prefix: anyText, default: text },
  header: { type: anything, name: headerName, default: text },
};

/** @throws BootstrapError for an unknown type or option, and for a header that is not named. */
function checkVersioning(versioning: VersioningOptions): void {
  const { type } = versioning;
  if (!Object.hasOwn(VERSIONING_RULES, type))
    throw new BootstrapError(`versioning.type is ${String(type)}: it takes path or header`);
  checkOptions(versioning, VERSIONING_RULES[type] as OptionRules<VersioningOptions>, 'the option versioning');
  if (type === 'header' && !versioning.name) {
    throw new BootstrapError("versioning takes the header's name: { type: 'header', name: 'x-api-version' }");
  }
}
