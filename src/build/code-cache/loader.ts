import type { Externals } from './externals.js';
import { SCOPE } from './script-syntax.js';

/** The start of a script around a code file, as Node's own for CommonJS modules. */
const WRAPPER = '(function (exports, require, module, __filename, __dirname) {';
const WRAPPER_END = '\n})';

/** The code of the warning about a cache that is not used. */
const WARNING = 'LAMBENT_CODE_CACHE';

/** The bytes of the checksum, which follow V8's data in the file of a cache. */
const CHECKSUM_BYTES = 4;

/**
 * Returns a checksum of a cache. V8 has none, and a damaged cache ends the process. To read every byte takes longer
 * than a start may, so it is for what happens to files on their way, such as another encoding or a file of another
 * build, not for single bytes.
 *
 * Its text is part of the handler's file, too, so it uses nothing else.
 */
function checksum(data: Uint8Array, seed: number): number {
  let sum = seed;
  for (let at = 0; at < data.length; at += 61) sum = (Math.imul(sum, 31) + data[at]!) | 0;
  return sum;
}

/** Returns the content of a cache's file, which begins with V8's data. */
export function withChecksum(data: Buffer, seed: number): Buffer {
  const sum = Buffer.alloc(CHECKSUM_BYTES);
  sum.writeInt32LE(checksum(data, seed));
  return Buffer.concat([data, sum]);
}

/** The names, flags and packages in the text of a handler's file. */
export interface Loader {
  /** The file names in its folder. */
  readonly codeFile: string;
  readonly cacheFile: string;
  /** The seed of the cache's checksum. */
  readonly seed: number;
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
 * kind, Node's patches of V8 and the checksum are compared here. Without the cache, the start goes on, with a warning.
 * Node reads source maps for modules only, not for scripts.
 */
export function loaderText({ codeFile, cacheFile, seed, exports, externals, loaded, flags }: Loader): string {
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
  if (!isMadeForIt) warnOfOther(${JSON.stringify(madeFor)}, v8);
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
    cachedData: readCache(readFileSync),
  });
  if (script.cachedDataRejected) {
    const flags = [...process.execArgv, process.env.NODE_OPTIONS ?? ''].join(' ').trim();
    warnOfOther(${JSON.stringify(`the flags "${flags.join(' ')}"`)}, \`the flags "\${flags}"\`);
  }
  module.loaded = true;
  script.runInThisContext().call(exports, exports, require, module, file, dirname);
}
function readCache(readFileSync) {
  try {
    const cache = readFileSync(join(dirname, ${JSON.stringify(cacheFile)}));
    const end = Math.max(cache.length - ${CHECKSUM_BYTES}, 0);
    const data = cache.subarray(0, end);
    if (end > 0 && cache.readInt32LE(end) === checksum(data, ${seed})) return data;
    warn(${JSON.stringify(`${cacheFile} is damaged, or of another build`)});
  } catch (error) {
    warn(error.message);
  }
}
const checksum = ${String(checksum)};
function warnOfOther(madeFor, found) {
  warn(\`it was made for \${madeFor}, and this process has \${found}\`);
}
function warn(why) {
  process.emitWarning(\`The code cache is not used, which slows the start: \${why}.\`, { code: '${WARNING}' });
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
