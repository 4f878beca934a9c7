import type { Context as LambdaContext } from 'aws-lambda';
import { JsonResponse } from '../http/response/json-response.js';
import type { Response } from '../http/response/response.js';
import { AccessLine } from '../logging/access-log/access-log.js';
import { currentEventFields } from '../logging/logger/event-fields.js';
import type { ApiMetadata } from '../metadata/api-metadata.js';
import { type MethodMetadata, ownClassMetadata, ownMethodMetadata } from '../metadata/class-metadata.js';
import { writeParameterTypes } from '../metadata/reflection.js';
import { SETTINGS, type Settings } from '../settings/settings.js';
import type { JsonSchema } from '../shared/json-schema.js';
import { timeLeft } from '../shared/time.js';
import type { InjectionToken } from '../shared/token.js';
import type { Constructor } from '../shared/types.js';
import type { HealthReport, HealthReporter } from './health-report.js';

/** Options for the report of an application's health. */
export interface HealthControllerOptions {
  readonly reporter: InjectionToken<HealthReporter>;
  readonly path: string | false;
  readonly invoke: boolean;
  readonly documented: boolean;
  readonly accessLog: boolean;
  readonly decorators: readonly ClassDecorator[];
}

/** Milliseconds to send the response in, after the last check. */
const MARGIN = 500;

/** Creates a class for each module, since the path of a route belongs to its class. */
export function healthController(options: HealthControllerOptions): Constructor {
  const { reporter, path, invoke, documented, accessLog, decorators } = options;
  class HealthController {
    constructor(
      private readonly health: HealthReporter,
      private readonly settings: Settings | undefined,
    ) {}

    async respond(context: LambdaContext): Promise<Response> {
      const limit = (this.settings?.FUNCTION_TIMEOUT ?? Number.POSITIVE_INFINITY) * 1000;
      const report = await this.health.report(Math.min(limit, timeLeft(context)) - MARGIN);
      if (!accessLog) leaveOutOfAccessLog();
      return new JsonResponse(report, {
        statusCode: report.status === 'ok' ? 200 : 503,
        headers: { 'cache-control': 'no-store' },
      });
    }

    report(context: LambdaContext): Promise<HealthReport> {
      return this.health.report(timeLeft(context) - MARGIN);
    }
  }
  const metadata = ownClassMetadata(HealthController);
  metadata.controller = { paths: [''] };
  metadata.api = documented ? DOCUMENTATION : { excluded: true };
  metadata.injections.set(0, { token: reporter });
  metadata.injections.set(1, { token: SETTINGS, optional: true });
  if (path !== false) withContext(HealthController, 'respond').routes.push({ method: 'GET', paths: [path] });
  if (invoke)
    withContext(HealthController, 'report').consumers.push({ source: 'event', criteria: {}, predicate: asksForHealth });
  for (const decorate of decorators.toReversed()) decorate(HealthController);
  return HealthController;
}

/** Binds Lambda's context to the first parameter of a method. */
function withContext(controller: Constructor, key: string): MethodMetadata {
  const prototype = controller.prototype;
  const metadata = ownMethodMetadata(prototype, key);
  writeParameterTypes(prototype, key, [Object]);
  metadata.parameters.set(0, { kind: 'context', pipes: [] });
  return metadata;
}

/** Accepts `{ "health": true }` and nothing else, so that no event of a service is taken for it. */
function asksForHealth(event: unknown): boolean {
  if (typeof event !== 'object' || event === null) return false;
  return (event as { health?: unknown }).health === true && Object.keys(event).length === 1;
}

function leaveOutOfAccessLog(): void {
  const standard = currentEventFields()?.standard;
  if (standard instanceof AccessLine) standard.isLeftOut = true;
}

const PARTS: JsonSchema = {
  type: 'object',
  additionalProperties: {
    type: 'object',
    properties: { status: { type: 'string', enum: ['up', 'down'] } },
    required: ['status'],
  },
};

const REPORT: JsonSchema = {
  type: 'object',
  properties: { status: { type: 'string', enum: ['ok', 'error'] }, info: PARTS, error: PARTS, details: PARTS },
  required: ['status', 'info', 'error', 'details'],
};

const DOCUMENTATION: ApiMetadata = {
  tags: ['Health'],
  operation: { summary: 'Tell whether the service is healthy' },
  responses: [
    { status: 200, description: 'All parts are up.', schema: REPORT },
    { status: 503, description: 'A part is down.', schema: REPORT },
  ],
};
