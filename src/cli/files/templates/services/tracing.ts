import type { Service } from './service.js';

export const tracing: Service = {
  about: 'OpenTelemetry traces of events, methods and your own code',
  packages: ['@opentelemetry/api'],
  testPackages: ['@opentelemetry/context-async-hooks', '@opentelemetry/sdk-trace-base'],
  folder: 'tracing',
  module: ['AppTracingModule', 'app-tracing.module'],
  lambentModule: 'TracingModule',
  next: ["Export spans: add AWS's layer for OpenTelemetry (ADOT) to the function, or register an SDK."],
  page: 'observability.md',
  files: (name) => ({
    'app-tracing.module.ts': `import { Module } from 'lambent';
import { TracingModule } from 'lambent/observability';
import { ReportsController } from './reports.controller.js';

/** Gives every request and every record a span. */
@Module({ imports: [TracingModule.forRoot()], controllers: [ReportsController] })
export class AppTracingModule {}
`,
    'reports.controller.ts': `import { trace } from '@opentelemetry/api';
import { Controller, Get, Param } from 'lambent';

@Controller('reports')
export class ReportsController {
  @Get(':month')
  report(@Param('month') month: string) {
    // A span of your own, below that of the request.
    return trace.getTracer('${name}').startActiveSpan('add up', (span) => {
      const report = { month, total: 0 };
      span.end();
      return report;
    });
  }
}
`,
    'reports.controller.spec.ts': `import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { Test } from 'lambent/testing';
import { AppTracingModule } from './app-tracing.module.js';

const exporter = new InMemorySpanExporter();
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }));

test('GET /reports/:month has a span of its own in the trace of the request', async () => {
  const app = await Test.createTestingModule({ imports: [AppTracingModule] }).compile();
  const response = await app.inject({ url: '/reports/2026-01' });
  expect(response.json()).toEqual({ month: '2026-01', total: 0 });
  const spans = exporter.getFinishedSpans();
  expect(spans.map(({ name }) => name)).toEqual(['add up', 'ReportsController.report', 'GET /reports/:month']);
  expect(new Set(spans.map((span) => span.spanContext().traceId)).size).toBe(1);
  await app.close();
});
`,
  }),
};
