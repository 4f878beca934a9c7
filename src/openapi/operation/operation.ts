import type { RouteDescription } from '../../contracts/application-description.js';
import { BootstrapError } from '../../errors/bootstrap-error.js';
import type { ApiMetadata, ApiOperationMetadata, ApiParameterMetadata } from '../../metadata/api-metadata.js';
import { declaredMethod } from '../../metadata/declared-types.js';
import type { OperationObject } from '../openapi-document.js';
import type { SchemaSource } from '../schema/schema-source.js';
import { mergedInputs } from './merged-inputs.js';
import { controllerName, type OperationIds, sentence } from './operation-names.js';
import { type OperationPath, routeMetadata, type TemplatePath, templatePaths } from './operation-paths.js';
import { type ApplicationSecurity, securityOf } from './operation-security.js';
import { requestBody, withDeclaredBody } from './request-body.js';
import { inputsOf } from './request-input.js';
import { requestParameters, withDeclaredParameters } from './request-parameters.js';
import { responsesOf } from './responses.js';

/** The context that the operations of a document share. */
export interface OperationContext extends ApplicationSecurity {
  readonly schemas: SchemaSource;
  readonly ids: OperationIds;
}

/** @throws BootstrapError for an unknown security scheme, and for a Standard Schema without a JSON Schema. */
export function operationOf(
  path: OperationPath,
  { schemas, ids, options, guarding }: OperationContext,
): OperationObject {
  const { route, parameters } = path;
  const api = routeMetadata(route);
  const inputs = mergedInputs(route.parameters.flatMap((parameter) => inputsOf(parameter, schemas)));
  const refusals = new Set(inputs.flatMap((input) => input.refusals));
  const { summary = sentence(String(route.key)), description, deprecated } = { ...commented(route), ...api.operation };
  const asked = withDeclaredParameters(
    requestParameters(inputs, parameters),
    declaredParameters(api, route, parameters),
    schemas,
  );
  const body = withDeclaredBody(requestBody(inputs, schemas), api, schemas);
  const security = securityOf(api, route, { options, guarding });
  return {
    operationId: ids.idOf(path),
    summary,
    ...(description !== undefined && { description }),
    tags: api.tags ?? [sentence(controllerName(route.controller.name))],
    ...(deprecated && { deprecated }),
    ...(asked.length > 0 && { parameters: asked }),
    ...(body && { requestBody: body }),
    responses: responsesOf(route, refusals, schemas),
    ...(security && { security }),
  };
}

/** Reads the doc comment of the method. */
function commented({ controller, key }: RouteDescription): ApiOperationMetadata {
  const { summary, description, deprecated } = declaredMethod(controller, key);
  return {
    ...(summary !== undefined && { summary }),
    ...(description !== undefined && { description }),
    ...(deprecated && { deprecated }),
  };
}

/**
 * Returns the parameters that decorators declare, by their names in the template, without those that only the longer
 * form of the path has.
 *
 * @throws BootstrapError for a parameter that no form of the path has.
 */
function declaredParameters(
  { parameters = [] }: ApiMetadata,
  route: RouteDescription,
  here: TemplatePath['parameters'],
): readonly ApiParameterMetadata[] {
  const ofPath = parameters.filter((parameter) => parameter.in === 'path');
  if (ofPath.length === 0) return parameters;
  const all = templatePaths(route.path, route.handler).flatMap((path) => [...path.parameters]);
  const known = new Set(all.map(([name]) => name));
  const byKey = new Map(all.map(([name, { key }]) => [key, name]));
  for (const { name } of ofPath)
    if (!known.has(name) && !byKey.has(name))
      throw new BootstrapError(noSuchParameter(name, [...known], route.handler));
  return parameters
    .map((parameter) =>
      parameter.in === 'path' ? { ...parameter, name: byKey.get(parameter.name) ?? parameter.name } : parameter,
    )
    .filter((parameter) => parameter.in !== 'path' || here.has(parameter.name));
}

function noSuchParameter(name: string, known: readonly string[], where: string): string {
  const there = known.length > 0 ? `its path has ${known.join(', ')}` : 'its path has none';
  return `@ApiParam of ${where} names the parameter "${name}", but ${there}. Correct the name or the path.`;
}
