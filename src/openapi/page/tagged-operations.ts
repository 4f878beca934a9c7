import type { OpenApiDocument, OperationObject, PathItem } from '../openapi-document.js';

/** An operation with its path and method. */
export interface ShownOperation {
  readonly verb: string;
  readonly path: string;
  readonly operation: OperationObject;
}

export interface Tag {
  readonly name: string;
  readonly about: string | undefined;
  readonly operations: readonly ShownOperation[];
}

/** Groups operations in the order of the document's tags, then of their first operation. */
export function byTag({ tags = [], paths }: OpenApiDocument): Tag[] {
  const operations = Object.entries(paths).flatMap(([path, item]) => operationsOf(path, item));
  const names = new Set([
    ...tags.map(({ name }) => name),
    ...operations.flatMap(({ operation }) => [firstTag(operation), ...operation.tags]),
  ]);
  return [...names].map((name) => ({
    name,
    about: tags.find((tag) => tag.name === name)?.description,
    // Under its first tag only: an id may stand in a page once.
    operations: operations.filter(({ operation }) => firstTag(operation) === name),
  }));
}

function firstTag({ tags: [name = 'Other'] }: OperationObject): string {
  return name;
}

function operationsOf(path: string, item: PathItem): ShownOperation[] {
  return Object.entries(item).map(([verb, operation]) => ({ verb, path, operation }));
}
