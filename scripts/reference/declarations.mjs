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
 * Returns every name that a file exports, in alphabetical order.
 *
 * @param {string} file An entry's declarations, such as `dist/cjs/index.d.ts`.
 * @returns {Exported[]}
 */
export function exportedBy(file) {
  const names = exportsOf(file);
  const found = names.map((name) => {
    const declaration = exportedFrom(file, name);
    return {
      name,
      docstring: docstringOf(declaration.comment),
      declaration: declared(declaration, name, names),
    };
  });
  return found.toSorted((one, other) => one.name.localeCompare(other.name, 'en'));
}

function exportsOf(file) {
  const { body } = parse(file);
  const lists = body.filter(({ type, specifiers }) => type === 'ExportNamedDeclaration' && specifiers);
  return lists.flatMap(({ specifiers }) => specifiers.map(({ exported }) => exported.name));
}

/** Returns the declarations of a name that a file exports, its own or another file's. */
function exportedFrom(file, name) {
  for (const { type, source, specifiers } of parse(file).body) {
    if (type !== 'ExportNamedDeclaration') continue;
    const specifier = specifiers.find(({ exported }) => exported.name === name);
    if (specifier && source) return exportedFrom(fileAt(file, source), specifier.local.name);
    if (specifier) return declarationOf(file, specifier.local.name);
  }
  throw new Error(`${file} does not export ${name}`);
}

/** Returns the declarations of a name in a file. It may have a value and a type, and may be imported. */
function declarationOf(file, name) {
  const { text, body } = parse(file);
  const statements = body.filter((statement) => namesOf(statement).includes(name));
  if (statements.length === 0) return imported(file, name);
  const code = statements.map(({ start, end }) => text.slice(start, end)).join('\n');
  return { file, local: name, comment: commentBefore(text, statements[0].start), code };
}

function imported(file, name) {
  for (const { type, source, specifiers } of parse(file).body) {
    const specifier = type === 'ImportDeclaration' && specifiers.find(({ local }) => local.name === name);
    if (specifier) return exportedFrom(fileAt(file, source), specifier.imported.name);
  }
  throw new Error(`${file} does not have ${name}`);
}

function fileAt(importer, source) {
  return join(dirname(importer), source.value.replace(/\.js$/, '.d.ts'));
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
  return declarationOf(file, name).code.replace(`declare function ${name}`, key);
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
function declared({ file, local, code }, name, names) {
  const shown = withPackages(code, file, names)
    .replace(/(\w+): typeof (\w+);/g, (_, key, original) => methodOf(key, file, original))
    .replace(/extends \w+_base/g, 'extends HttpException')
    .replace(/^declare /gm, '')
    .replace(/^\s*(#private;|private .*)\n/gm, '')
    .replace(/^\t+/gm, (indent) => '  '.repeat(indent.length));
  return local === name ? shown : shown.replaceAll(new RegExp(`\\b${local}\\b`, 'g'), name);
}

/** Names the package of a type that would look like one of the page's own. */
function withPackages(code, file, names) {
  const imports = parse(file).body.filter(({ type, source }) => type === 'ImportDeclaration' && !isOwn(source));
  const all = imports.flatMap(({ source, specifiers }) => specifiers.map((each) => ({ source, ...each })));
  return all.reduce((text, { source, local, imported: original }) => {
    const word = new RegExp(`(?<![\\w$.])${local.name.replaceAll('$', '\\$')}(?![\\w$(])`, 'g');
    if (!original) return text.replaceAll(`${local.name}.`, '');
    const unlike = original.name === local.name && !names.includes(local.name);
    return unlike ? text : text.replace(word, () => `import('${source.value}').${original.name}`);
  }, code);
}

function isOwn({ value }) {
  return value.startsWith('.');
}
