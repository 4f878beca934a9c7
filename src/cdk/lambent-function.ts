import { existsSync } from 'node:fs';
import { basename, extname, resolve } from 'node:path';
import { Annotations, Duration } from 'aws-cdk-lib';
import { Architecture, Function, type FunctionOptions, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { moduleName } from '../build/module-name.js';
import { BootstrapError } from '../errors/bootstrap-error.js';
import { anObject, checkOptions, type Rules, text } from '../errors/check-options.js';
import { warnOfAuthorizerCache } from './authorizer-cache.js';
import { bundleAsset, BUNDLING_RULES, type FunctionBundling } from './bundling.js';
import { connectSources } from './connect-sources.js';
import type { EventSources } from './event-sources.js';
import { type ProjectDescription, projectDescription } from './project-command.js';

/** Paths start from the folder in which the CDK app runs. */
export interface LambentFunctionProps extends FunctionOptions {
  /** The source that exports the handler; `src/handler.ts` unless given. */
  readonly entry?: string;
  /** The name of the export that Lambda calls; `handler` unless given. */
  readonly handler?: string;
  /** The application's root module, as in `src/app.module.ts#AppModule`, which it is unless given. */
  readonly module?: string;
  /**
   * The exported options of `create`, as in `src/options.ts#options`: for versions, on which paths depend, and
   * `requestsVia`.
   */
  readonly createOptions?: string;
  /** The resources that consumers name in their decorators, by these names. */
  readonly sources?: EventSources;
  readonly bundling?: FunctionBundling;
  /** Node 24 unless given. */
  readonly runtime?: Runtime;
}

/** Of the props that are not the CDK's: those it looks at itself. */
const RULES: Rules<Pick<LambentFunctionProps, 'entry' | 'handler' | 'module' | 'createOptions' | 'sources'>> = {
  entry: text,
  handler: text,
  module: text,
  createOptions: text,
  sources: anObject,
};

/** Half of the defaults follow from what is in front: an HTTP API gives up after 30 s, a REST API after 29. */
const TIMEOUT = Duration.seconds(29);

/**
 * A Lambent application as a Lambda function: bundled from its sources, and called for what its decorators say.
 * Whatever `lambda.Function` takes may be given, too; unless it is, the function has 1024 MB, 29 s and an arm64
 * processor.
 *
 * @throws BootstrapError when a consumer's resource was not passed, nobody consumes one that was, or the application
 *   has a mistake.
 */
export class LambentFunction extends Function {
  /** What the decorators say, for `LambentApi` and constructs of your own. */
  readonly application: ProjectDescription;

  constructor(scope: Construct, id: string, props: LambentFunctionProps = {}) {
    checkOptions(
      {
        entry: props.entry,
        handler: props.handler,
        module: props.module,
        createOptions: props.createOptions,
        sources: props.sources,
      },
      RULES,
      `the props of ${id}`,
    );
    checkOptions(props.bundling ?? {}, BUNDLING_RULES, `the option bundling of ${id}`);
    const {
      entry = 'src/handler.ts',
      handler = 'handler',
      module,
      createOptions,
      sources = {},
      bundling = {},
      ...options
    } = props;
    const source = existing(resolve(entry));
    const { code, warnings } = bundleAsset(scope, source, bundling);
    super(scope, id, {
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: 1024,
      timeout: TIMEOUT,
      ...options,
      code,
      handler: `${moduleName(basename(source, extname(source)))}.${handler}`,
      environment: { ...environmentOf(options.timeout ?? TIMEOUT, bundling), ...options.environment },
    });
    this.application = projectDescription(source, { module, options: createOptions });
    for (const warning of warnings) Annotations.of(this).addWarningV2('lambent:bundle', warning);
    warnOfAuthorizerCache(this, this.application.consumers);
    connectSources(this, sources, this.application.consumers, this.application.requestsVia);
  }
}

function existing(source: string): string {
  if (existsSync(source)) return source;
  throw new BootstrapError(
    `There is no ${source}: say by "entry" which source exports the handler, from ${process.cwd()}, where this app runs.`,
  );
}

function environmentOf(timeout: Duration, { sourcemaps }: FunctionBundling): Record<string, string> {
  return { ...timeoutOf(timeout), ...(sourcemaps === 'inside' && { NODE_OPTIONS: '--enable-source-maps' }) };
}

/**
 * The application gives up first, so that its answer and its log line are still written. Of a parameter of the template
 * there is no telling yet; then it goes by what the invocation has left.
 */
function timeoutOf(timeout: Duration): Record<string, string> {
  if (timeout.isUnresolved()) return {};
  const seconds = timeout.toSeconds();
  return { FUNCTION_TIMEOUT: String(seconds > 1 ? seconds - 1 : 0.8) };
}
