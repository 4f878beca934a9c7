import { minifySync, parseSync, Visitor } from 'rolldown/utils';

/**
 * Returns JavaScript without comments and spaces, in which every statement and every member of a class still begins a
 * line. The names of functions and classes are kept, so that a stack trace names the function and leads to the
 * statement.
 *
 * @param {string} path Of the file, for messages.
 * @param {string} text Of an ES module or of CommonJS.
 * @param {boolean} [shortLocals] Whether to shorten the names of local variables and parameters.
 */
export function compact(path, text, shortLocals = false) {
  const { code, errors } = minifySync(path, text, {
    compress: false,
    mangle: shortLocals && { toplevel: false, keepNames: true },
    codegen: { removeWhitespace: true, legalComments: 'none' },
  });
  if (errors.length > 0) throw new Error(`${path}: ${errors[0].message}`);
  return edited(code, editsOf(path, code));
}

/**
 * @typedef {object} Edit
 * @property {number} start
 * @property {number} end
 * @property {string} text
 */

/** @returns {Edit[]} */
function editsOf(path, code) {
  const edits = [];
  const newLines = (nodes) => {
    for (const { start } of nodes) if (start > 0) edits.push({ start, end: start, text: '\n' });
  };
  const { program, errors } = parseSync(path, code);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0].message}`);
  new Visitor({
    Program: ({ body }) => newLines(body),
    BlockStatement: ({ body }) => newLines(body),
    StaticBlock: ({ body }) => newLines(body),
    ClassBody: ({ body }) => newLines(body),
    SwitchCase: ({ consequent }) => newLines(consequent),
    // Some tools find the path of `import()` and `require()` only between quotes.
    ImportExpression: ({ source }) => edits.push(...quotes(source, code)),
    CallExpression: ({ arguments: [first] }) => edits.push(...quotes(first, code)),
  }).visit(program);
  return edits.toSorted((one, other) => one.start - other.start);
}

/** Puts quotes in the place of the backticks that are printed around text. */
function quotes(node, code) {
  if (node?.type !== 'TemplateLiteral' || node.expressions.length > 0) return [];
  const { start, end } = node;
  if (/["\\\n]/.test(code.slice(start, end))) return [];
  return [
    { start, end: start + 1, text: '"' },
    { start: end - 1, end, text: '"' },
  ];
}

/** @param {readonly Edit[]} edits In the order of the text. */
function edited(code, edits) {
  let [text, at] = ['', 0];
  for (const edit of edits) {
    text += code.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return `${text}${code.slice(at)}\n`;
}
