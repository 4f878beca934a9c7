import type { ApplicationDescription, RouteDescription } from '../../contracts/application-description.js';
import { BootstrapError } from '../../errors/bootstrap-error.js';
import type { ApiMetadata, ApiOperationMetadata, ApiParameterMetadata } from '../../metadata/api-metadata.js';
import { guardsOf } from '../../metadata/class-metadata.js';
import { declaredAccess } from '../../metadata/declared-access.js';
import { declaredMethod } from '../../metadata/declared-types.js';
import { readMetadata } from '../../metadata/reflection.js';
import { isBranded } from '../../shared/brand.js';
import type { OperationObject, SecurityRequirement, Verb } from '../openapi-document.js';
import { type OpenApiOptions, securityRequirement } from '../openapi-options.js';
import type { SchemaSource } from '../schema/schema-source.js';
import { type OperationPath, routeMetadata, type TemplatePath, templatePaths } from './operation-paths.js';
import { requestBody, withDeclaredBody } from './request-body.js';
import { inputsOf } from './request-input.js';
import { requestParameters, withDeclaredParameters } from './request-parameters.js';
import { responsesOf } from './responses.js';

/** What the operations of a document share. */
export interface OperationContext {
  readonly schemas: SchemaSource;
  readonly ids: OperationIds;
  readonly options: OpenApiOptions;
  /** The schemes that modules bring, and the guards of all routes. */
  readonly guarding: Pick<ApplicationDescription, 'guards' | 'securitySchemes'>;
}

/** @throws BootstrapError for an unknown security scheme, and for a Standard Schema without a JSON Schema. */
export function operationOf(
  { route, verb, template, parameters }: OperationPath,
  { schemas, ids, options, guarding }: OperationContext,
): OperationObject {
  const api = routeMetadata(route);
  const inputs = route.parameters.flatMap((parameter) => inputsOf(parameter, schemas));
  const refusals = new Set(inputs.flatMap((input) => input.refusals));
  const {
    summary = sentence(String(route.key)),
    description,
    operationId,
    deprecated,
  } = { ...commented(route), ...api.operation };
  const asked = withDeclaredParameters(
    requestParameters(inputs, parameters),
    declaredParameters(api, route, parameters),
    schemas,
  );
  const body = withDeclaredBody(requestBody(inputs, schemas), api, schemas);
  const security = securityOf(api, route, { options, guarding });
  return {
    operationId: operationId ?? ids.idOf(route, verb, template),
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
 * Returns the parameters that decorators declare, without those that only the longer form of the path has.
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
  const known = new Set(templatePaths(route.path, route.handler).flatMap((path) => [...path.parameters.keys()]));
  for (const { name } of ofPath)
    if (!known.has(name)) throw new BootstrapError(noSuchParameter(name, [...known], route.handler));
  return parameters.filter((parameter) => parameter.in !== 'path' || here.has(parameter.name));
}

function noSuchParameter(name: string, known: readonly string[], where: string): string {
  const there = known.length > 0 ? `its path has ${known.join(', ')}` : 'its path has none';
  return `@ApiParam of ${where} names the parameter "${name}", but ${there}. Correct the name or the path.`;
}

/**
 * Returns the security that decorators declare, or else what guards require; none for a route that everyone may call.
 */
function securityOf(
  { security }: ApiMetadata,
  route: RouteDescription,
  { options, guarding }: Pick<OperationContext, 'options' | 'guarding'>,
): SecurityRequirement[] | undefined {
  if (security)
    return security.map((requirement) => securityRequirement(requirement, options, `@ApiSecurity of ${route.handler}`));
  return isPublic(route, options) ? [] : guardedSecurity(route, guarding);
}

function isPublic({ controller, key }: RouteDescription, { publicMetadata }: OpenApiOptions): boolean {
  if (publicMetadata === undefined) return false;
  const method = (controller.prototype as Record<string | symbol, object>)[key];
  const written = [method, controller].map((target) => target && readMetadata<unknown>(publicMetadata, target));
  return Boolean(written.find((value) => value !== undefined));
}

/** Turns `changeStatus` into `Change status`. */
function sentence(name: string): string {
  const [first = name, ...rest] = wordsOf(name);
  const following = rest.map((word) => (/^[A-Z]{2,}$/.test(word) ? word : word.toLowerCase()));
  return [first.charAt(0).toUpperCase() + first.slice(1), ...following].join(' ');
}

/**
 * Gives each operation a unique id, which stays the same as long as its class and method do.
 *
 * `OrdersController.create` becomes `ordersCreate`. If a method has several paths, the ids of all but the first include
 * the path.
 */
export class OperationIds {
  readonly #taken = new Set<string>();

  idOf({ controller, key }: RouteDescription, verb: Verb, template: string): string {
    const id = camelCase([...wordsOf(controllerName(controller.name)), ...wordsOf(String(key))]);
    const longer = [[verb], [verb, ...wordsOf(template)]].map((words) => camelCase([...wordsOf(id), ...words]));
    const free = [id, ...longer].find((each) => !this.#taken.has(each)) ?? this.#numbered(id);
    this.#taken.add(free);
    return free;
  }

  #numbered(id: string): string {
    let count = 2;
    while (this.#taken.has(`${id}${count}`)) count++;
    return `${id}${count}`;
  }
}

/** Returns `OrdersController` without the suffix that all controllers share. */
function controllerName(name: string): string {
  return name.replace(/(?<=.)Controller$/, '');
}

/** Returns the words of a name or of a path; an abbreviation is one word. */
function wordsOf(name: string): string[] {
  return name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? [];
}

function camelCase(words: readonly string[]): string {
  const [first = 'operation', ...rest] = words;
  return [first.toLowerCase(), ...rest.map((word) => word.charAt(0).toUpperCase() + word.slice(1))].join('');
}

/**
 * Returns what `AuthGuard` requires of the callers of a route: any one of the schemes that modules bring, with the
 * scopes of `@Scopes`; or none of them, where `@OptionalAuth` says so. An empty list for a `@Public()` route,
 * `undefined` for one without the guard.
 */
function guardedSecurity(
  { controller, key }: RouteDescription,
  { guards, securitySchemes }: Pick<ApplicationDescription, 'guards' | 'securitySchemes'>,
): SecurityRequirement[] | undefined {
  if (!guardsOf(controller, key, guards).some((guard) => isBranded(guard, 'AuthGuard'))) return undefined;
  const { identity, scopes = [] } = declaredAccess(controller, key) ?? {};
  const names = Object.keys(securitySchemes);
  if (identity === 'ignored') return [];
  if (names.length === 0) return undefined;
  // OpenAPI 3.1, section 4.8.10: the empty requirement makes security optional.
  if (identity === 'optional') return [...names.map((name) => ({ [name]: [] })), {}];
  return names.map((name) => ({ [name]: scopes }));
}
