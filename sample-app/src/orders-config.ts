import { IsIn, IsOptional, IsString, IsUrl, ValidateIf } from 'class-validator';
import { Env } from 'lambent/config';
import type { SpanExporterName } from './telemetry.js';

/** The environment variables of the service. */
export class OrdersConfig {
  /** The DynamoDB table. */
  @IsString() tableName: string = locally('orders')!;
  /** The key that callers send in `x-api-key`. */
  @Env({ secret: true }) apiKey: string = locally('local-key')!;
  /** The origin of the pages that call the API. */
  corsOrigin = 'http://localhost:5173';
  /** The queue of requests to ship an order. */
  @ValidateIf(({ needsEmbeddedQueues }: OrdersConfig) => !needsEmbeddedQueues)
  @IsUrl({ require_tld: false })
  shipmentsQueueUrl?: string;

  /** The DynamoDB table that counts the requests of callers. */
  @IsOptional() @IsString() rateLimitsTable?: string;

  // Variables of OpenTelemetry.
  @IsOptional() @IsIn(['otlp', 'console', 'none']) @Env('OTEL_TRACES_EXPORTER') tracesExporter?: string;
  @IsOptional() @Env('OTEL_EXPORTER_OTLP_ENDPOINT') otlpEndpoint?: string;

  // Variables of Lambda and of the AWS SDK.
  /** A layer that wraps the function, such as that of OpenTelemetry, which registers an SDK of its own. */
  @IsOptional() @Env('AWS_LAMBDA_EXEC_WRAPPER') wrapper?: string;
  @IsOptional() @Env('AWS_LAMBDA_FUNCTION_NAME') functionName?: string;
  @IsOptional() @Env('AWS_ENDPOINT_URL') endpoint?: string;
  @IsOptional() @Env('AWS_ENDPOINT_URL_DYNAMODB') databaseEndpoint?: string;
  @IsOptional() @Env('AWS_ENDPOINT_URL_SQS') queueEndpoint?: string;

  /** Where to export spans, if anything asks for it and no layer does it. */
  get spanExporter(): SpanExporterName | undefined {
    const asked = this.tracesExporter ?? (this.otlpEndpoint ? 'otlp' : 'none');
    return asked === 'none' || this.wrapper ? undefined : (asked as SpanExporterName);
  }

  /** Whether to start an embedded DynamoDB: on a developer's machine, unless the environment names one. */
  get needsEmbeddedDatabase(): boolean {
    return !this.functionName && !this.databaseEndpoint && !this.endpoint;
  }

  /** Whether to start an embedded SQS, by the same rule. */
  get needsEmbeddedQueues(): boolean {
    return !this.functionName && !this.shipmentsQueueUrl && !this.queueEndpoint && !this.endpoint;
  }
}

/** Returns a default for a developer's machine. On Lambda, the variable is required. */
function locally(value: string): string | undefined {
  return process.env['AWS_LAMBDA_FUNCTION_NAME'] ? undefined : value;
}
