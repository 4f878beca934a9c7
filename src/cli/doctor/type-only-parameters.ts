type Utilities = typeof import('rolldown/utils');
type Program = import('rolldown/utils').ParseResult['program'];

/** A parameter whose type is needed at run time, and imported as a type. */
export interface TypeOnlyParameter {
  readonly type: string;
  /** As in `OrdersController.create`. */
  readonly of: string;
}

/** The parts of the syntax tree that are read. */
interface Node {
  readonly type: string;
  readonly name?: string;
  readonly kind?: string;
  readonly decorators?: readonly Node[];
  readonly expression?: Node;
  readonly callee?: Node;
  readonly id?: Node | null;
  readonly key?: Node;
  readonly body?: { readonly body: readonly Node[] };
  readonly value?: { readonly params?: readonly Node[] };
  readonly parameter?: Node;
  readonly left?: Node;
  readonly typeAnnotation?: Node | null;
  readonly typeName?: Node;
  readonly declaration?: Node | null;
}

/**
 * Finds parameters of decorated classes and methods whose types are imported with `import type`. Those with `@Inject`
 * name a token, and need no type.
 *
 * @returns none without rolldown, whose parser reads the sources, and for a file that cannot be parsed.
 */
export async function typeOnlyParameters(path: string, text: string): Promise<readonly TypeOnlyParameter[]> {
  if (!/\bimport\s+type\b|[{,]\s*type\s/.test(text)) return [];
  const utilities = await import('rolldown/utils').catch((): Partial<Utilities> => ({}));
  const program = utilities.parseSync?.(path, text, { lang: 'ts' }).program;
  if (!program) return [];
  const types = typeImports(program);
  return classesOf(program).flatMap((one) =>
    methodsOf(one).flatMap(({ of, params }) =>
      params
        .filter((param) => !isInjected(param))
        .flatMap((param) => {
          const type = typeOf(param);
          return type !== undefined && types.has(type) ? [{ type, of }] : [];
        }),
    ),
  );
}

function typeImports({ body }: Program): ReadonlySet<string> {
  const names = body.flatMap((statement) => {
    if (statement.type !== 'ImportDeclaration') return [];
    const all = statement.importKind === 'type';
    return statement.specifiers.flatMap((specifier) =>
      all || (specifier.type === 'ImportSpecifier' && specifier.importKind === 'type') ? [specifier.local.name] : [],
    );
  });
  return new Set(names);
}

function classesOf({ body }: Program): Node[] {
  const nodes = body as unknown as readonly Node[];
  return nodes.map((node) => node.declaration ?? node).filter(({ type }) => type === 'ClassDeclaration');
}

/** The constructor of a decorated class, and the decorated methods. */
function methodsOf(one: Node): { readonly of: string; readonly params: readonly Node[] }[] {
  const members = one.body?.body ?? [];
  const name = one.id?.name ?? 'a class';
  return members
    .filter(({ type, kind, decorators = [] }) => {
      if (type !== 'MethodDefinition') return false;
      return kind === 'constructor' ? (one.decorators ?? []).length > 0 : decorators.length > 0;
    })
    .map(({ kind, key, value }) => ({
      of: kind === 'constructor' ? name : `${name}.${key?.name}`,
      params: value?.params ?? [],
    }));
}

function isInjected({ decorators = [] }: Node): boolean {
  return decorators.some(({ expression }) => expression?.callee?.name === 'Inject');
}

/** The name of a parameter's type. `private readonly a: A` and `a: A = …` wrap the parameter. */
function typeOf({ parameter, left, typeAnnotation }: Node): string | undefined {
  if (parameter) return typeOf(parameter);
  if (left) return typeOf(left);
  const annotation = typeAnnotation?.typeAnnotation;
  return annotation?.type === 'TSTypeReference' ? annotation.typeName?.name : undefined;
}
