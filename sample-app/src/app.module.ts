import 'reflect-metadata';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { APP_FILTER, APP_INTERCEPTOR, Module } from 'lambent';
import { Public } from 'lambent/auth';
import { ConfigModule } from 'lambent/config';
import { dynamoDbCheck, HealthModule } from 'lambent/health';
import { MetricsModule, TracingModule } from 'lambent/observability';
import { OpenApiModule } from 'lambent/openapi';
import { RateLimitModule } from 'lambent/rate-limit';
import { AttachmentsModule } from './attachments/attachments.module.js';
import { AuthModule } from './auth/auth.module.js';
import { DatabaseModule } from './database/database.module.js';
import { ServerTimingInterceptor } from './http/server-timing.interceptor.js';
import { ThrottlingFilter } from './http/throttling.filter.js';
import { OrdersConfig } from './orders-config.js';
import { OrdersModule } from './orders/orders.module.js';
import { ProjectionsModule } from './projections/projections.module.js';
import { messaging } from './queues/messaging.js';
import { ReportsModule } from './reports/reports.module.js';
import { ShipmentsModule } from './shipments/shipments.module.js';

/** By route and by consumer: how long they take, and how often they fail. */
const metrics = MetricsModule.forRoot({ namespace: 'Shop', service: 'orders', defaults: ['latency', 'faults'] });

/** Spans of events and of calls of DynamoDB, if variables of OpenTelemetry or a layer ask for them. */
const tracing = TracingModule.forRootAsync({
  imports: [DatabaseModule],
  clients: [DynamoDBDocumentClient],
  inject: [OrdersConfig],
  useFactory: async ({ spanExporter }: OrdersConfig) => {
    // Only then: the SDK is larger than the application.
    if (spanExporter) (await import('./telemetry.js')).registerSdk(spanExporter);
    return { optional: true };
  },
});

/** The document at /openapi.json and the page at /docs, for everyone. */
const openApi = OpenApiModule.forRoot({
  title: 'Orders',
  version: '0.1.0',
  summary: 'Orders, their files and what was sold.',
  license: { name: 'MIT', identifier: 'MIT' },
  tags: [
    { name: 'Orders', description: 'From a cart to the door.' },
    { name: 'Attachments', description: 'Files that belong to an order.' },
    { name: 'Shipments', description: 'What is on its way.' },
    { name: 'Reports', description: 'What was sold, day by day.' },
    { name: 'Health', description: 'For monitors.' },
  ],
  decorators: [Public()],
});

/** For monitors, at /health, and for `{ "health": true }`. */
const health = HealthModule.forRootAsync({
  imports: [DatabaseModule],
  inject: [DynamoDBDocumentClient, OrdersConfig],
  useFactory: (client: DynamoDBDocumentClient, { tableName }: OrdersConfig) => ({
    database: dynamoDbCheck(tableName, { client }),
  }),
  documented: true,
  accessLog: false,
  decorators: [Public()],
});

/** Counts in a table for all environments, on a developer's machine in memory. */
const limits = RateLimitModule.forRootAsync({
  inject: [OrdersConfig],
  useFactory: ({ rateLimitsTable }: OrdersConfig) => ({
    store: rateLimitsTable ? { table: rateLimitsTable } : 'memory',
  }),
});

@Module({
  imports: [
    ConfigModule.forRoot(OrdersConfig),
    messaging,
    metrics,
    tracing,
    openApi,
    health,
    limits,
    AuthModule,
    OrdersModule,
    AttachmentsModule,
    ShipmentsModule,
    ProjectionsModule,
    ReportsModule,
  ],
  providers: [
    { provide: APP_INTERCEPTOR, useClass: ServerTimingInterceptor },
    { provide: APP_FILTER, useClass: ThrottlingFilter },
  ],
})
export class AppModule {}
