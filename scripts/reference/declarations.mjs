// Reads the exports of an entry from the build, with the declarations that users' editors show.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseSync } from 'rolldown/utils';

/**
 * @typedef {object} Exported
 * @property {string} name
 * @property {string} docstring Markdown, empty for none.
 * @property {string} declaration TypeScript.
 */

/**
 * Returns every name that a file re-exports, in alphabetical order.
 *
 * @param {string} file An entry's declarations, such as `dist/esm/index.d.ts`.
 * @returns {Exported[]}
 */
export function exportedBy(file) {
  const found = exportsOf(file).map(({ specifier, source }) => {
    const name = specifier.exported.name;
    const declaration = declarationOf(join(dirname(file), source), specifier.local.name);
    return {
      name,
      docstring: docstringOf(declaration.comment),
      declaration: declared(declaration, specifier.local.name, name),
    };
  });
  return found.toSorted((one, other) => one.name.localeCompare(other.name, 'en'));
}

function exportsOf(file) {
  return parse(file).body.flatMap(({ specifiers, source }) =>
    specifiers.map((specifier) => ({ specifier, source: source.value.replace(/\.js$/, '.d.ts') })),
  );
}

/** Returns the declarations of a name, which may have a value and a type. */
function declarationOf(file, name) {
  const { text, body } = parse(file);
  const statements = body.filter((statement) => namesOf(statement.declaration ?? statement).includes(name));
  if (statements.length === 0) return declarationOf(...passedOn(file, name));
  const code = statements.map(({ start, end }) => text.slice(start, end)).join('\n');
  return { file, comment: commentBefore(text, statements[0].start), code };
}

/** Returns the file from which a file imports a name. */
function passedOn(file, name) {
  const { body } = parse(file);
  const withSpecifiers = body.filter(({ source, specifiers }) => source && specifiers);
  const named = withSpecifiers.flatMap(({ source, specifiers }) => specifiers.map((each) => ({ source, each })));
  const from = named.find(({ each }) => (each.exported ?? each.local).name === name);
  if (!from) throw new Error(`${file} does not have ${name}`);
  const original = (from.each.imported ?? from.each.local).name;
  return [join(dirname(file), from.source.value.replace(/\.js$/, '.d.ts')), original];
}

function namesOf(declaration) {
  if (declaration.declarations) return declaration.declarations.map(({ id }) => id.name);
  return declaration.id ? [declaration.id.name] : [];
}

const parsed = new Map();

function parse(file) {
  if (!parsed.has(file)) {
    const text = readFileSync(file, 'utf8');
    const { program, errors } = parseSync(file, text, { lang: 'dts' });
    if (errors.length > 0) throw new Error(`${file}: ${errors[0].message}`);
    parsed.set(file, { text, body: program.body });
  }
  return parsed.get(file);
}

function commentBefore(text, start) {
  return /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*$/.exec(text.slice(0, start))?.[1] ?? '';
}

/** Prints a function that is a member of an object as a method. */
function methodOf(key, file, name) {
  return declarationOf(file.replace(/\.js$/, '.d.ts'), name).code.replace(`export declare function ${name}`, key);
}

/** Returns the text of a docstring. `@param` and other tags become sentences. */
function docstringOf(comment) {
  const lines = comment.split('\n').map((line) => line.replace(/^\s*\* ?/, '').trimEnd());
  const text = lines.join('\n').trim();
  return text
    .replace(/\{@link (?:[\w.]+\s*\|\s*)?([^}]+)\}/g, '`$1`')
    .replace(/^@param (\S+) +/gm, '\n- `$1`: ')
    .replace(/^@returns? +/gm, '\n- Returns: ')
    .replace(/^@throws +/gm, '\n- Throws: ')
    .replace(/^@see +(\S+)$/gm, '\n- See <$1>')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** Formats a declaration like the sources, without private members. */
function declared({ file, code }, local, name) {
  const shown = code
    .replace(/(\w+): typeof import\("([^"]+)"\)\.(\w+);/g, (_, key, source, original) =>
      methodOf(key, join(dirname(file), source), original),
    )
    .replace(/import\("[^"]+"\)\./g, '')
    .replace(/extends \w+_base/g, 'extends HttpException')
    .replace(/^export declare |^export |^declare /gm, '')
    .replace(/^ *(#private;|private .*)\n/gm, '')
    .replace(/^(?: {4})+/gm, (indent) => ' '.repeat(indent.length / 2));
  return local === name ? shown : shown.replaceAll(new RegExp(`\\b${local}\\b`, 'g'), name);
}
