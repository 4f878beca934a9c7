import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { defaultResource, detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor, ConsoleSpanExporter } from '@opentelemetry/sdk-trace-base';

/** Where spans go: to a collector, or to the terminal. */
export type SpanExporterName = 'otlp' | 'console';

/**
 * Registers OpenTelemetry's SDK. It reads its own variables: the exporter `OTEL_EXPORTER_OTLP_*`, the sampler
 * `OTEL_TRACES_SAMPLER`, and the resource `OTEL_SERVICE_NAME` and `OTEL_RESOURCE_ATTRIBUTES`.
 */
export function registerSdk(exporter: SpanExporterName): void {
  const to = exporter === 'otlp' ? new OTLPTraceExporter() : new ConsoleSpanExporter();
  const resource = defaultResource()
    .merge(resourceFromAttributes({ 'service.name': 'orders' }))
    .merge(detectResources({ detectors: [envDetector] }));
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(new BasicTracerProvider({ resource, spanProcessors: [new BatchSpanProcessor(to)] }));
}
