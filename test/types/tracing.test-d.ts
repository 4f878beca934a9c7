// Compiled by `npm run types`, never run.
import { S3Client } from '@aws-sdk/client-s3';
import { trace } from '@opentelemetry/api';
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base';
import { TracingModule } from '../../src/observability/index.js';

TracingModule.forRoot({ clients: [S3Client], provider: new BasicTracerProvider() });
TracingModule.forRoot({ provider: trace.getTracerProvider(), incoming: { http: 'parent' } });
TracingModule.forRoot({ attributes: ({ request }) => ({ tenant: request.header('x-tenant') }) });
TracingModule.forRootAsync({ clients: [S3Client], useFactory: () => ({ flushTimeout: 100 }) });
// @ts-expect-error -- an unknown belief
TracingModule.forRoot({ incoming: { http: 'trust' } });
// @ts-expect-error -- an attribute is no object
TracingModule.forRoot({ attributes: ({ request }) => ({ request }) });
