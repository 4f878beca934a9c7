import { posix } from 'node:path';
import { childrenOf, type Syntax } from './declared-types/syntax.js';
import type { BundlerPlugin, RenderedChunk, RenderedChunks } from './rolldown-types.js';

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
 * A file keeps its exports where one of them may change later, or where a file imports it on demand.
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
        const is =
          known.get(target) ?? isGathered(target, chunks, (text) => this.parse(text, { lang: 'ts' }) as Syntax);
        known.set(target, is);
        return is;
      };
      const exported = hasObject(chunk.fileName) ? exportedAsObject(code) : code;
      const changed = importedFromObjects(exported, chunk, hasObject);
      // Whatever stays keeps its line.
      return changed === code ? null : { code: changed, map: null };
    },
  };
}

function isGathered(chunk: RenderedChunk, chunks: RenderedChunks, parse: (code: string) => Syntax): boolean {
  if (chunk.isEntry || chunk.isDynamicEntry || chunk.exports.length < FEW) return false;
  if (chunk.imports.some((file) => file in chunks)) return false;
  if (Object.values(chunks).some(({ dynamicImports }) => dynamicImports.includes(chunk.fileName))) return false;
  return !Object.values(chunk.modules).some(
    ({ code, renderedExports }) => code && mayChange(code, renderedExports, parse),
  );
}

/** Wraps modules that run when another asks for them: their variables have no values before. */
const RUN_LATER = /\b__esm(?:Min)?\(/;

/** Whether an exported variable of a module may be assigned to after the module has run. */
function mayChange(code: string, exports: readonly string[], parse: (code: string) => Syntax): boolean {
  if (RUN_LATER.test(code)) return true;
  const program = parse(code);
  const variables = new Set(childrenOf(program).flatMap(declaredNames));
  const changing = [...assignedIn(program, false)].filter((name) => variables.has(name));
  if (changing.length === 0) return false;
  // Rolldown appends a number to a name that another module has, too.
  const names = new Set([...variables].map((name) => name.replace(/\$\d+$/, '')));
  const isRenamed = exports.some((name) => !names.has(name));
  return isRenamed || changing.some((name) => exports.includes(name.replace(/\$\d+$/, '')));
}

function declaredNames({ type, id, declarations = [] }: Syntax): string[] {
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

const EXPORT = /^export \{ (.*) \};$/m;

function exportedAsObject(code: string): string {
  const object = unused('sharedNames', code);
  return code.replace(EXPORT, (_, names: string) => {
    const members = names.split(', ').map((one) => one.replace(/^(\S+) as (\S+)$/, '$2: $1'));
    return `var ${object} = { ${members.join(', ')} }; export { ${object} as ${OBJECT} };`;
  });
}

const IMPORT = /^import (?:\{ (.*) \}|\* as (\S+)) from "(\.{1,2}\/[^"]+)";$/gm;

function importedFromObjects(code: string, { fileName }: RenderedChunk, hasObject: (file: string) => boolean): string {
  return code.replace(IMPORT, (statement, names: string | undefined, whole: string | undefined, from: string) => {
    if (!hasObject(posix.join(posix.dirname(fileName), from))) return statement;
    const object = whole ?? unused('sharedNames', code);
    const taken = names === undefined ? '' : ` var { ${names.replaceAll(' as ', ': ')} } = ${object};`;
    return `import { ${OBJECT} as ${object} } from "${from}";${taken}`;
  });
}

/** Returns a name that the code does not contain. */
function unused(name: string, code: string): string {
  let free = name;
  while (code.includes(free)) free += '_';
  return free;
}
