import type { RouteDescription } from '../contracts/application-description.js';
import type { ApiMetadata } from '../metadata/api-metadata.js';
import { classMetadata } from '../metadata/class-metadata.js';
import type { OperationObject, SecurityRequirement, Verb } from './openapi-document.js';
import { checkScheme, type OpenApiOptions } from './openapi-options.js';
import { controllerName, type OperationIds, wordsOf } from './operation-ids.js';
import { requestBody } from './request-body.js';
import { inputsOf } from './request-input.js';
import { requestParameters } from './request-parameters.js';
import { responsesOf } from './responses.js';
import type { SchemaSource } from './schema/schema-source.js';
import type { TemplatePath } from './template-path.js';

/** One route at one of its places. */
export interface Place extends TemplatePath {
  readonly route: RouteDescription;
  readonly verb: Verb;
}

/** What the operations of a document share. */
export interface OperationContext {
  readonly schemas: SchemaSource;
  readonly ids: OperationIds;
  readonly options: OpenApiOptions;
}

/** @throws BootstrapError for a security scheme that is not there, and for a schema that says nothing of itself. */
export function operationOf({ route, verb, template, parameters }: Place, { schemas, ids, options }: OperationContext): OperationObject {
  const api = routeMetadata(route);
  const inputs = route.parameters.flatMap((parameter) => inputsOf(parameter, schemas));
  const refusals = new Set(inputs.map(({ refusal }) => refusal).filter((status) => status !== undefined));
  const { summary = sentence(String(route.key)), description, operationId, deprecated } = api.operation ?? {};
  const asked = requestParameters(inputs, parameters);
  const body = requestBody(inputs, schemas);
  return {
    operationId: operationId ?? ids.idOf(route, verb, template),
    summary,
    ...(description !== undefined && { description }),
    tags: api.tags ?? [sentence(controllerName(route.controller.name))],
    ...(deprecated && { deprecated }),
    ...(asked.length > 0 && { parameters: asked }),
    ...(body && { requestBody: body }),
    responses: responsesOf(route, refusals, schemas),
    ...(api.security && { security: securityOf(api.security, route, options) }),
  };
}

/** What was said of the route, else of its class. */
export function routeMetadata({ controller, key }: RouteDescription): ApiMetadata {
  const { api, methods } = classMetadata(controller);
  return { ...api, ...methods.get(key)?.api };
}

function securityOf(security: NonNullable<ApiMetadata['security']>, { handler }: RouteDescription, options: OpenApiOptions): SecurityRequirement[] {
  return security.map(({ scheme, scopes }) => {
    checkScheme(scheme, options, `@ApiSecurity of ${handler}`);
    return { [scheme]: scopes };
  });
}

/** `changeStatus` as `Change status`. */
function sentence(name: string): string {
  const [first = name, ...rest] = wordsOf(name);
  const following = rest.map((word) => (/^[A-Z]{2,}$/.test(word) ? word : word.toLowerCase()));
  return [first.charAt(0).toUpperCase() + first.slice(1), ...following].join(' ');
}
