// What an entry of the package exports, with the declarations as users' editors see them: read from the build.
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
 * Every name that a file re-exports, in alphabetical order.
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

/** Of a name that has a value and a type, both. */
function declarationOf(file, name) {
  const { text, body } = parse(file);
  const statements = body.filter((statement) => namesOf(statement.declaration ?? statement).includes(name));
  if (statements.length === 0) return declarationOf(...passedOn(file, name));
  const code = statements.map(({ start, end }) => text.slice(start, end)).join('\n');
  return { file, comment: commentBefore(text, statements[0].start), code };
}

/** From where a file has a name that it does not declare. */
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

/** A function that is a member of an object, as a method of it. */
function methodOf(key, file, name) {
  return declarationOf(file.replace(/\.js$/, '.d.ts'), name).code.replace(`export declare function ${name}`, key);
}

/** Without stars; `@param` and its like become sentences of their own. */
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

/** As a user would write it, without what is private, laid out as the sources are. */
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
