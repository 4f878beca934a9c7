import { existsSync } from 'node:fs';
import { basename, extname, resolve } from 'node:path';
import { Annotations, Duration } from 'aws-cdk-lib';
import { Architecture, Function, type FunctionOptions, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { handlerFileName } from '../build/handler-file-name.js';
import { BootstrapError } from '../errors/bootstrap-error.js';
import { anObject, checkOptions, type OptionRules, text } from '../errors/check-options.js';
import { bundleAsset, BUNDLING_RULES, type FunctionBundling } from './bundling.js';
import { connectDestinations, type Destinations } from './connect-destinations.js';
import { connectTables, grantByName, type ModuleTables } from './grants.js';
import { matchSources } from './match-sources.js';
import { type ProjectDescription, projectDescription } from './project-description.js';
import type { EventSources } from './source-options.js';
import { warnOfAuthorizerCache } from './warn-of-authorizer-cache.js';

/** Props of `LambentFunction`. Paths are relative to the folder in which the CDK app runs. */
export interface LambentFunctionProps extends FunctionOptions {
  /** The source that exports the handler. Defaults to `src/handler.ts`. */
  readonly entry?: string;
  /** The name of the exported handler. Defaults to `handler`. */
  readonly handler?: string;
  /** The application's root module. Defaults to `src/app.module.ts#AppModule`. */
  readonly module?: string;
  /**
   * The exported options of `create`, which decide about paths and about queues of requests. Defaults to those that a
   * function in `package.json` passes to `create` with the root module.
   */
  readonly createOptions?: string;
  /** The resources of the consumers, by the names in their decorators. */
  readonly sources?: EventSources;
  /** The resources that the application sends to, by their names in `MessagingModule`. */
  readonly destinations?: Destinations;
  /** The tables that modules keep, such as that of `IdempotencyModule`. */
  readonly tables?: ModuleTables;
  /** Options for bundling the source. */
  readonly bundling?: FunctionBundling;
  /** Defaults to Node.js 24. */
  readonly runtime?: Runtime;
}

/** The props that are not the CDK's own. Those of `bundling` are checked apart. */
const RULES: OptionRules<Omit<LambentFunctionProps, keyof FunctionOptions | 'bundling' | 'runtime'>> = {
  entry: text,
  handler: text,
  module: text,
  createOptions: text,
  sources: anObject,
  destinations: anObject,
  tables: anObject,
};

/** The timeouts of APIs determine the default: an HTTP API times out after 30 s, a REST API after 29 s. */
const TIMEOUT = Duration.seconds(29);

/**
 * A Lambda function that runs a Lambent application. It is bundled from its sources and connected to the sources that
 * its decorators name, and to what it sends to. Takes all props of `lambda.Function`. By default, the function has 1024
 * MB of memory, a timeout of 29 s and the arm64 architecture.
 *
 * @throws BootstrapError when a consumer's resource is missing, a resource has no consumer, or the application is
 *   invalid.
 */
export class LambentFunction extends Function {
  /** The application's routes and consumers, for `LambentApi` and your own constructs. */
  readonly application: ProjectDescription;

  constructor(scope: Construct, id: string, props: LambentFunctionProps = {}) {
    const own = Object.keys(RULES).map((name): [string, unknown] => [name, Reflect.get(props, name)]);
    checkOptions<object>(Object.fromEntries(own), RULES, `the props of ${id}`);
    checkOptions(props.bundling ?? {}, BUNDLING_RULES, `the option bundling of ${id}`);
    const {
      entry = 'src/handler.ts',
      handler = 'handler',
      module,
      createOptions,
      sources = {},
      destinations = {},
      tables = {},
      bundling = {},
      ...options
    } = props;
    const source = resolve(entry);
    if (!existsSync(source)) {
      throw new BootstrapError(
        `${source} does not exist. Set "entry" to the source that exports the handler, relative to ${process.cwd()}, ` +
          'where this app runs.',
      );
    }
    const { code, warnings } = bundleAsset(scope, source, bundling);
    super(scope, id, {
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: 1024,
      timeout: TIMEOUT,
      ...options,
      code,
      handler: `${handlerFileName(basename(source, extname(source)))}.${handler}`,
      environment: {
        ...timeoutOf(options.timeout ?? TIMEOUT),
        ...(bundling.sourcemaps === 'inside' && { NODE_OPTIONS: '--enable-source-maps' }),
        ...options.environment,
      },
    });
    this.application = projectDescription(source, { module, options: createOptions });
    for (const warning of warnings) Annotations.of(this).addWarningV2('lambent:bundle', warning);
    warnOfAuthorizerCache(this, this.application.consumers);
    matchSources(this, sources, this.application.consumers, this.application.requestsVia);
    const { environment = {} } = options;
    connectDestinations(this, { destinations, sources, environment }, this.application);
    grantByName(this, this.application.reads);
    connectTables(this, tables, this.application.tables);
  }
}

/**
 * Returns a timeout for the application that is shorter than the function's, so that it can still write its response
 * and its log line. When the timeout is a parameter of the template, its value is unknown here, and the application
 * uses the remaining time of the invocation.
 */
function timeoutOf(timeout: Duration): Record<string, string> {
  if (timeout.isUnresolved()) return {};
  const seconds = timeout.toSeconds();
  return { FUNCTION_TIMEOUT: String(seconds > 1 ? seconds - 1 : 0.8) };
}
