import { posix } from 'node:path';
import { childrenOf, nameOf, partsOf, type Syntax } from './declared-types/syntax.js';
import type { BundlerContext, BundlerPlugin, RenderedChunk, RenderedChunks } from './rolldown-types.js';

/** A file with fewer names than this gains nothing. */
const FEW = 20;

/** The export that holds all others. Rolldown gives its own exports other names than this. */
const OBJECT = 'names';

/**
 * Exports the names of shared files as members of one object.
 *
 * V8 searches the imports and exports of a file one by one, for each name that a function uses and does not declare,
 * when it compiles the function: `Object` and `JSON`, too. With 370 exports, that is 7 % of the time that Lambent takes
 * to start. A variable that was taken out of an object is found by its hash.
 *
 * A file keeps its exports where one of them may change later.
 */
export function namesInOneObject(): BundlerPlugin {
  const known = new WeakMap<RenderedChunk, boolean>();
  return {
    name: 'lambent:names-in-one-object',
    renderChunk(code, chunk, { format }, { chunks }) {
      if (format !== 'es') return null;
      const hasObject = (file: string): boolean => {
        const target = chunks[file];
        if (!target) return false;
        const is = known.get(target) ?? isGathered(target, chunks, this);
        known.set(target, is);
        return is;
      };
      const exported = hasObject(chunk.fileName) ? exportedAsObject(code, chunk) : code;
      const changed = importedFromObjects(exported, chunk, hasObject);
      // Whatever stays keeps its line.
      return changed === code ? null : { code: changed, map: null };
    },
  };
}

function isGathered(chunk: RenderedChunk, chunks: RenderedChunks, bundler: BundlerContext): boolean {
  if (chunk.isEntry || chunk.isDynamicEntry || chunk.exports.length < FEW) return false;
  if (isImportedBy(chunk.imports, chunk.fileName, chunks)) return false;
  return !Object.entries(chunk.modules).some(
    ([id, { code }]) => code && mayChange(code, () => bundler.getModuleInfo(id)?.code, bundler),
  );
}

/** Whether files import another, themselves or through others: they would read its object before it is there. */
function isImportedBy(files: readonly string[], file: string, chunks: RenderedChunks): boolean {
  const reached = new Set(files);
  for (const one of reached) for (const next of chunks[one]?.imports ?? []) reached.add(next);
  return reached.has(file);
}

/** Wraps modules that run when another asks for them: their variables have no values before. */
const RUN_LATER = /\b__esm(?:Min)?\(/;

/**
 * Whether an exported variable of a module may be assigned to after the module has run.
 *
 * @param code Without imports and exports.
 * @param source Returns the module as it was written.
 */
function mayChange(code: string, source: () => string | null | undefined, bundler: BundlerContext): boolean {
  if (RUN_LATER.test(code)) return true;
  const program = bundler.parse(code, { lang: 'ts' }) as Syntax;
  const variables = new Set(childrenOf(program).flatMap(declaredNames));
  const changing = [...assignedIn(program, false)].filter((name) => variables.has(name));
  if (changing.length === 0) return false;
  const exported = exportedIn(source(), bundler);
  // Rolldown appends a number to a name that another module has, too.
  return !exported || changing.some((name) => exported.has(name.replace(/\$\d+$/, '')));
}

/** Returns the variables that a module exports; `undefined` where its source is not known, or cannot be parsed. */
function exportedIn(source: string | null | undefined, bundler: BundlerContext): ReadonlySet<string> | undefined {
  try {
    if (!source) return undefined;
    return new Set(partsOf(bundler.parse(source, { lang: 'ts' }) as Syntax).flatMap(exportedBy));
  } catch {
    return undefined;
  }
}

function exportedBy({ type, source, declaration, specifiers = [] }: Syntax): string[] {
  if (!type.startsWith('Export') || source) return [];
  const declared = declaration?.type === 'Identifier' ? [nameOf(declaration)] : declaredNames(declaration ?? { type });
  return [...declared, ...specifiers.map(({ local }) => nameOf(local))].filter((name) => name !== undefined);
}

function declaredNames({ type, id, declarations = [] }: Pick<Syntax, 'type' | 'id' | 'declarations'>): string[] {
  const declared = type === 'VariableDeclaration' ? declarations.map((one) => one.id) : [id];
  return declared.flatMap((one) => (one ? [...identifiersIn(one)] : []));
}

/** Yields the names that code inside functions assigns to. */
function* assignedIn(node: Syntax, inFunction: boolean): Iterable<string> {
  const { type, left, argument } = node;
  const within = inFunction || type.includes('Function');
  if (within && type === 'UpdateExpression' && argument) yield* identifiersIn(argument);
  if (within && left && (type === 'AssignmentExpression' || type.startsWith('For'))) yield* identifiersIn(left);
  for (const child of childrenOf(node)) yield* assignedIn(child, within);
}

/** Yields the identifiers of a pattern, and the keys in it. */
function* identifiersIn(node: Syntax): Iterable<string> {
  if (node.type === 'MemberExpression') return;
  if (node.type === 'Identifier') yield node.name as string;
  for (const child of childrenOf(node)) yield* identifiersIn(child);
}

// Rolldown writes the exports of a file in one line at its end, and imports each file in one line at the beginning.
const EXPORT = 'export { ';

function exportedAsObject(code: string, { fileName }: RenderedChunk): string {
  const start = `\n${code}`.lastIndexOf(`\n${EXPORT}`);
  const end = code.indexOf(' };', start);
  if (start < 0 || end < 0) return unknownForm(fileName);
  const object = unused('sharedNames', code);
  const members = renamed(code.slice(start + EXPORT.length, end), '$2: $1');
  const exported = `var ${object} = { ${members} }; export { ${object} as ${OBJECT} };`;
  return `${code.slice(0, start)}${exported}${code.slice(end + ' };'.length)}`;
}

const IMPORT = /^import (?:\{ (.*) \}|\* as (\S+)) from "(\.{1,2}\/[^"]+)";$/gm;

/** Imports a file on demand, of which rolldown reads one name, or all. */
const LATE_IMPORT = /\bimport\("(\.{1,2}\/[^"]+)"\)/g;

function importedFromObjects(code: string, chunk: RenderedChunk, hasObject: (file: string) => boolean): string {
  const { fileName } = chunk;
  const fileAt = (from: string): string => posix.join(posix.dirname(fileName), from);
  const missing = new Set(chunk.imports.filter(hasObject));
  const objects: string[] = [];
  const imported = code.replace(
    IMPORT,
    (statement, names: string | undefined, whole: string | undefined, from: string) => {
      // A later line may be text of the application.
      if (!missing.delete(fileAt(from))) return statement;
      const object = whole ?? unused('sharedNames', `${code}${objects.join()}`);
      objects.push(object);
      const variables = names === undefined ? '' : ` var { ${renamed(names, '$1: $2')} } = ${object};`;
      return `import { ${OBJECT} as ${object} } from "${from}";${variables}`;
    },
  );
  if ([...missing].some((file) => !importsNothing(code, posix.basename(file)))) unknownForm(fileName);
  return imported.replace(LATE_IMPORT, (late, from: string) =>
    hasObject(fileAt(from)) ? `${late}.then((file) => file.${OBJECT})` : late,
  );
}

/** Whether a file is imported only to run before. */
function importsNothing(code: string, name: string): boolean {
  return code.split('\n').some((line) => line.startsWith('import "') && line.endsWith(`/${name}";`));
}

/** @throws Error rather than writing a bundle that cannot run. */
function unknownForm(fileName: string): never {
  throw new Error(
    `The bundler wrote the imports or exports of ${fileName} in a form that Lambent does not know. ` +
      'Please report it, with the version of rolldown.',
  );
}

/** Writes `a as b` in another way. A name may be `as`, too. */
function renamed(names: string, way: string): string {
  const written = names.split(', ').map((one) => one.replace(/^(\S+) as (\S+)$/, way));
  return written.join(', ');
}

/** Returns a name that the code does not contain. */
function unused(name: string, code: string): string {
  let free = name;
  while (code.includes(free)) free += '_';
  return free;
}
