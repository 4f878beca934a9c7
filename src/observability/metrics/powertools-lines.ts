import type { Metrics as PowertoolsMetrics } from '@aws-lambda-powertools/metrics';
import { BootstrapError } from '../../errors/bootstrap-error.js';
import { missingPeers } from '../../errors/missing-peers.js';
import { getLogger } from '../../logging/logger/current-logger.js';
import { type Dimensions, MetricsLine } from './metrics-line.js';
import { checkEnvironment, type MetricsOptions } from './metrics-options.js';

/**
 * Writes lines with Powertools.
 *
 * Powertools keeps what is added to one of its objects until the line is written: for the whole invocation on Managed
 * Instances, for the process elsewhere. Records of a batch run side by side, so an object that they shared would mix
 * their dimensions. Here an object belongs to one line at a time, and lines that are written one after the other share
 * it: to create one takes three times as long as to write a line.
 */
export class PowertoolsLines {
  readonly #idle: PowertoolsMetrics[] = [];

  /** @param dimensions Those that every line has. */
  constructor(
    private readonly create: () => PowertoolsMetrics,
    private readonly dimensions: Dimensions,
  ) {}

  /** Begins a line. The object is free again when {@link end} has been called. */
  begin(): LentLine {
    const powertools = this.#idle.pop() ?? this.create();
    return { line: new MetricsLine(powertools, this.dimensions), powertools };
  }

  end({ line, powertools }: LentLine): void {
    line.end();
    this.#idle.push(powertools);
  }

  /** Writes a line at once. */
  write(fill: (line: MetricsLine) => void): void {
    const lent = this.begin();
    try {
      fill(lent.line);
    } finally {
      this.end(lent);
    }
  }

  /** Counts the cold start, if this is one: Powertools knows whether the environment was started on demand. */
  coldStart(functionName: string): void {
    const lent = this.begin();
    lent.powertools.captureColdStartMetric(functionName);
    this.end(lent);
  }
}

/** A line that is being filled. */
export interface LentLine {
  readonly line: MetricsLine;
  readonly powertools: PowertoolsMetrics;
}

/** Loads Powertools. @throws BootstrapError if it is not installed, without a namespace, and for a bad variable. */
export async function openPowertools(options: MetricsOptions): Promise<PowertoolsLines> {
  checkEnvironment();
  const { env } = process;
  const namespace = options.namespace ?? env['POWERTOOLS_METRICS_NAMESPACE'];
  const service = options.service || env['POWERTOOLS_SERVICE_NAME'] || env['AWS_LAMBDA_FUNCTION_NAME'] || UNNAMED;
  if (!namespace) {
    throw new BootstrapError(
      'MetricsModule needs the option namespace, or the environment variable POWERTOOLS_METRICS_NAMESPACE: the name ' +
        'under which CloudWatch shows the metrics.',
    );
  }
  const { Metrics } = await import('@aws-lambda-powertools/metrics').catch(
    missingPeers('MetricsModule', '@aws-lambda-powertools/metrics'),
  );
  const given = { namespace, serviceName: service, defaultDimensions: { ...options.dimensions }, logger: LOGGER };
  return new PowertoolsLines(() => new Metrics(given), { service, ...options.dimensions });
}

/** Powertools' own default. */
const UNNAMED = 'service_undefined';

/** Powertools' warnings become lines of the application's log. */
const LOGGER = {
  debug: (message: string) => getLogger().debug(message),
  info: (message: string) => getLogger().info(message),
  warn: (message: string) => getLogger().warning(message),
  error: (message: string) => getLogger().error(message),
};
