import type { Externals } from './externals.js';
import { SCOPE } from './script-syntax.js';

/** The start of a script around a code file, as Node's own for CommonJS modules. */
const WRAPPER = '(function (exports, require, module, __filename, __dirname) {';
const WRAPPER_END = '\n})';

/** The code of the warning about a cache that is not used. */
const WARNING = 'LAMBENT_CODE_CACHE';

/** What the handler's file needs to know. */
export interface Loader {
  /** The file names in its folder. */
  readonly codeFile: string;
  readonly cacheFile: string;
  readonly exports: readonly string[];
  readonly externals: Externals;
  /** The export of the code file to wait for, if it waits. */
  readonly loaded?: string;
  /** V8's flags that the cache is for. */
  readonly flags: readonly string[];
}

/**
 * Returns the text of the handler's file. It runs the code file as a script with its cache, and puts it where `require`
 * finds it, for the files that are loaded on demand.
 *
 * V8 compares its version, its flags and the length of the text, and ignores a cache that doesn't fit. The processor's
 * kind and Node's patches of V8 are compared here. Node reads source maps for modules only, not for scripts.
 */
export function loaderText({ codeFile, cacheFile, exports, externals, loaded, flags }: Loader): string {
  const madeFor = `V8 ${process.versions.v8} (${process.arch})`;
  const { early, late, exported } = externals;
  const taken = exports.map((name, index) => `${JSON.stringify(name)}: export${index}`);
  const given = exports.map((name, index) => `export${index} as ${JSON.stringify(name)}`);
  const lines = [
    ...early.map((from, index) => `import * as external${index} from ${from};`),
    ...exported.map((from) => `export * from ${from};`),
  ];
  const onDemand = late.map((from, index) => `${early.length + index}: () => ${importCall(from)}`);
  return `import { createRequire } from 'node:module';
${lines.map((line) => `${line}\n`).join('')}const require = createRequire(import.meta.url);
const { join } = require('node:path');
const { dirname } = import.meta;
const file = join(dirname, ${JSON.stringify(codeFile)});
const externals = [${early.map((_, index) => `external${index}`).join(', ')}];
const onDemand = { ${onDemand.join(', ')} };
function load() {
  const { Module } = require('node:module');
  const module = Object.assign(new Module(file), { filename: file });
  const { exports } = module;
  let exportRest;
  const get = () => {
    exportRest?.();
    exportRest = undefined;
    return exports;
  };
  Object.defineProperty(module, 'exports', { get });
  module.${SCOPE} = {
    importMeta: import.meta,
    externals,
    importModule: (name, options) => import(name, options),
    importExternals: (list) => Promise.all(list.map(async (index) => (externals[index] ??= await onDemand[index]()))),
    exportLater: (rest) => (exportRest = rest),
  };
  require.cache[file] = module;
  const v8 = \`V8 \${process.versions.v8} (\${process.arch})\`;
  const isMadeForIt = v8 === ${JSON.stringify(madeFor)};
  if (!isMadeForIt) warn(${JSON.stringify(madeFor)}, v8);
  if (isMadeForIt && !process.sourceMapsEnabled) run(module, exports);
  else module.load(file);
  return exports;
}
function run(module, exports) {
  const { readFileSync } = require('node:fs');
  const { Script } = require('node:vm');
  const text = ${JSON.stringify(WRAPPER)} + readFileSync(file, 'utf8') + ${JSON.stringify(WRAPPER_END)};
  const script = new Script(text, {
    filename: file,
    columnOffset: ${-WRAPPER.length},
    cachedData: readFileSync(join(dirname, ${JSON.stringify(cacheFile)})),
  });
  if (script.cachedDataRejected) {
    const flags = [...process.execArgv, process.env.NODE_OPTIONS ?? ''].join(' ').trim();
    warn(${JSON.stringify(`the flags "${flags.join(' ')}"`)}, \`the flags "\${flags}"\`);
  }
  module.loaded = true;
  script.runInThisContext().call(exports, exports, require, module, file, dirname);
}
function warn(madeFor, found) {
  const what = \`it was made for \${madeFor}, and this process has \${found}\`;
  process.emitWarning(\`The code cache is not used, which slows the start: \${what}.\`, { code: '${WARNING}' });
}
const code = load();
${loaded === undefined ? '' : `await code.${loaded};\n`}const { ${taken.join(', ')} } = code;
export { ${given.join(', ')} };
`;
}

/** Returns `import("package", { with: { … } })` for `"package" with { … }`. */
function importCall(from: string): string {
  const [, name, attributes] = /^("[^"]*"|'[^']*')\s*with\s*(.+)$/s.exec(from) ?? [undefined, from, undefined];
  return attributes === undefined ? `import(${name})` : `import(${name}, { with: ${attributes} })`;
}
