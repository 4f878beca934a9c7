export type { AsyncOptions } from '../contracts/async-options.js';
export { MetricsModule } from './metrics/metrics-module.js';
export type { DefaultMetric, MetricsOptions } from './metrics/metrics-options.js';
export { type MetricResolution, Metrics, type MetricUnit, SingleMetric } from './metrics/metrics.js';
export { type TracingAsyncOptions, TracingModule } from './tracing/tracing-module.js';
export type {
  IncomingTraces,
  SpanAttributes,
  SpanProvider,
  TraceBelief,
  TracingOptions,
} from './tracing/tracing-options.js';
