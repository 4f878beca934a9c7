import type { ApplicationDescription } from '../contracts/application-description.js';
import { BootstrapError } from '../errors/bootstrap-error.js';
import { mergedMetadata } from '../metadata/merged-metadata.js';
import type { JsonSchema } from '../shared/json-schema.js';
import { withoutUndefined } from '../shared/json-values.js';
import type { ComponentsObject, InfoObject, OpenApiDocument, PathItem, ServerObject } from './openapi-document.js';
import { checkOpenApiOptions, moduleOptions, type OpenApiOptions, securityRequirement } from './openapi-options.js';
import { ERROR_RESPONSES, ERROR_SCHEMAS } from './operation/error-responses.js';
import { OperationIds } from './operation/operation-names.js';
import { type OperationPath, operationPaths, shapeOf } from './operation/operation-paths.js';
import { type OperationContext, operationOf } from './operation/operation.js';
import { Components } from './schema/components.js';
import { typeSchema } from './schema/type-schema.js';

/**
 * Creates the OpenAPI 3.1 document of an application's routes.
 *
 * @param description The result of `LambdaApplication.describe(AppModule, options)`.
 * @param given The options of the application's `OpenApiModule` by default.
 * @throws BootstrapError when the options, or decorators, contradict each other.
 */
export function createOpenApiDocument(
  description: ApplicationDescription,
  given: OpenApiOptions = moduleOptions(description),
): OpenApiDocument {
  const securitySchemes = { ...description.securitySchemes, ...given.securitySchemes };
  const options = { ...given, securitySchemes };
  checkOpenApiOptions(options, {});
  const schemas = new Components(description.validation);
  for (const [name, schema] of Object.entries(ERROR_SCHEMAS)) schemas.add(name, schema);
  const described = operationPaths(description.routes, options.apiVersion);
  const ids = new OperationIds(described);
  const paths = pathsOf(described, { schemas, options, ids, guarding: description });
  const { document, schemas: named } = schemas.settle({
    head: headOf(options, description.basePaths),
    paths,
    extra: extraModels(description, schemas),
  });
  refuseUnknownReferences({ paths: document.paths, named }, named);
  return {
    ...document.head,
    paths: document.paths,
    components: {
      ...used([document.paths, document.extra], { schemas: named, responses: ERROR_RESPONSES }),
      ...(Object.keys(securitySchemes).length > 0 && { securitySchemes }),
    },
    ...(description.lazy.length > 0 && { 'x-lazy-prefixes': description.lazy }),
  };
}

/** Returns the schemas of `@ApiExtraModels`. */
function extraModels({ routes }: ApplicationDescription, schemas: Components): JsonSchema[] {
  const classes = routes.flatMap(({ controller, key }) => {
    const { api, methods } = mergedMetadata(controller);
    return [...(api?.extraModels ?? []), ...(methods.get(key)?.api?.extraModels ?? [])];
  });
  return [...new Set(classes)].map((type) => typeSchema(type, 'output', schemas));
}

/** @throws BootstrapError for a reference, written by hand or by `getSchemaPath`, to a schema that does not exist. */
function refuseUnknownReferences(document: object, schemas: Readonly<Record<string, JsonSchema>>): void {
  for (const reference of reachable(document, new Map())) {
    const name = /^#\/components\/schemas\/(?<name>[^/]+)/.exec(reference)?.groups?.['name'];
    if (name === undefined || Object.hasOwn(schemas, name)) continue;
    throw new BootstrapError(
      `The API document refers to the schema "${name}", which it does not have. ` +
        `Add its class with @ApiExtraModels(${name}).`,
    );
  }
}

/** Selects the named schemas and responses that something refers to. */
function used(
  roots: readonly unknown[],
  { schemas, responses }: Omit<ComponentsObject, 'securitySchemes'>,
): ComponentsObject {
  const targets = new Map([...pointers('schemas', schemas), ...pointers('responses', responses)]);
  const found = reachable(roots, targets);
  const those = <T>(kind: string, named: Record<string, T>) =>
    Object.fromEntries(Object.entries(named).filter(([name]) => found.has(`#/components/${kind}/${name}`)));
  return { schemas: those('schemas', schemas), responses: those('responses', responses) };
}

/** Returns the named values by pointer, and references to those that have an address of their own by that. */
function pointers(kind: string, named: object): [string, unknown][] {
  return Object.entries(named).flatMap(([name, value]) => {
    const $ref = `#/components/${kind}/${name}`;
    return [[$ref, value], ...idsIn(value).map((id): [string, unknown] => [id, { $ref }])] as [string, unknown][];
  });
}

function idsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    key === '$id' && typeof member === 'string' ? [member] : idsIn(member),
  );
}

function headOf(options: OpenApiOptions, basePaths: readonly string[]): Omit<OpenApiDocument, 'paths' | 'components'> {
  const { servers = basePaths.length > 0 ? [...basePaths] : ['/'], tags, security = [] } = options;
  return {
    openapi: '3.1.1',
    info: infoOf(options),
    servers: servers.map((server) => (typeof server === 'string' ? { url: server } : server)) as ServerObject[],
    ...(tags && { tags: [...tags] }),
    security: security.map((requirement) =>
      securityRequirement(requirement, options, 'The option security of the API document'),
    ),
  };
}

function infoOf({
  title,
  version,
  summary,
  description,
  termsOfService,
  contact,
  license,
}: OpenApiOptions): InfoObject {
  return {
    title,
    version,
    ...withoutUndefined({ summary, description, termsOfService, contact, license }),
  };
}

/**
 * Returns the paths in the order of their routes. Paths that differ only in parameter names have the names of the
 * first.
 */
function pathsOf(paths: readonly OperationPath[], context: OperationContext): Record<string, PathItem> {
  const items: Record<string, PathItem> = {};
  const templates = new Map<string, OperationPath>();
  for (const path of paths) {
    const shape = shapeOf(path.template);
    const first = templates.get(shape) ?? path;
    templates.set(shape, first);
    const operation = operationOf(path, context);
    (items[first.template] ??= {})[path.verb] = operation;
    rename(operation.parameters ?? [], path, first);
  }
  return items;
}

function rename(
  parameters: { name: string; in: string }[],
  { parameters: own }: OperationPath,
  { parameters: first }: OperationPath,
): void {
  const names = [...first.keys()];
  const inPath = (name: string) => parameters.find((each) => each.in === 'path' && each.name === name);
  // Found before any is renamed: the first path may have the same names in another order.
  const found = [...own.keys()].map(inPath);
  for (const [index, parameter] of found.entries()) if (parameter) parameter.name = names[index]!;
}

/** Returns every reference in a value, and in the targets of these references, with the pointers of the targets. */
function reachable(value: unknown, targets: ReadonlyMap<string, unknown>): ReadonlySet<string> {
  const found = new Set<string>();
  const follow = (reference: string): void => {
    if (found.has(reference)) return;
    found.add(reference);
    visit(targets.get(reference) ?? targets.get(reference.replace(/#.*$/s, '')));
    // Into a named value, perhaps from a schema that names the document.
    const pointer = /#\/components\/\w+\/[^/]+/.exec(reference)?.[0];
    if (pointer !== undefined && targets.has(pointer)) follow(pointer);
  };
  const visit = (member: unknown): void => {
    if (typeof member !== 'object' || member === null) return;
    for (const [key, inner] of Object.entries(member))
      if (key === '$ref' && typeof inner === 'string') follow(inner);
      else visit(inner);
  };
  visit(value);
  return found;
}
