import { createRequire } from 'node:module';
import type { BundlerPlugin } from './bundler-options.js';

const WINSTON = /[\\/]node_modules[\\/](?:winston|winston-transport)[\\/]/;
const OF_WINSTON = /[\\/]node_modules[\\/](?:winston|winston-transport|logform)[\\/]/;
/** Its ES modules: what calls `require` would be given another thing. */
const CLASS_VALIDATOR = /[\\/]node_modules[\\/]class-validator[\\/]esm/;
const PREFIX = '\0lambent:';
const WRITABLE = `${PREFIX}writable`;
const STREAMS = `${PREFIX}streams`;
const DIAGNOSTICS = `${PREFIX}diagnostics`;
/** Followed by the path of logform's own. */
const LEVELS = `${PREFIX}levels:`;
/** Followed by the path of what is loaded when it is used. */
const LATER = `${PREFIX}later:`;
const USED_LATER: readonly string[] = ['@colors/colors/safe', 'stack-trace', 'async/forEach'];

/**
 * Lighter ones of what some packages import.
 *
 * winston gets Node's streams for its copy of them (40 kB), no colours for its own debugging lines (24 kB), and of
 * logform what its levels use (12 kB): 142 kB become 45, with winston-parts.ts importing but what a logger needs. What
 * it uses for colours, stacks and endings alone is not run before. For everybody else these packages are as they are,
 * and what an application imports of winston itself comes along whole. class-validator gets validator.js as ES modules
 * (2 kB), and reflect-metadata is taken without stand-ins for `Map`, `Set` and `WeakMap` (4 kB).
 */
export function leanPackages(): BundlerPlugin {
  return {
    name: 'lambent:lean-packages',
    resolveId: {
      filter: {
        id: /^(?:@dabh\/diagnostics|logform|readable-stream(?:\/.+)?|reflect-metadata|validator\/lib\/\w+|@colors\/colors\/safe|stack-trace|async\/forEach)$/,
      },
      handler: (source, importer = '') => otherFile(source, importer) ?? substituteFor(source, importer),
    },
    load: {
      filter: { id: new RegExp(`^${PREFIX}`) },
      handler: (id) => sourceOf(id),
    },
  };
}

/** A file of the same package that does the same. */
function otherFile(source: string, importer: string): string | null {
  if (source === 'reflect-metadata') return resolved('reflect-metadata/lite', importer);
  return CLASS_VALIDATOR.test(importer)
    ? resolved(source.replace(/^validator\/lib/, 'validator/es/lib'), importer)
    : null;
}

function resolved(source: string, importer: string): string | null {
  try {
    return createRequire(importer).resolve(source);
  } catch {
    return null;
  }
}

function substituteFor(source: string, importer: string): string | null {
  if (USED_LATER.includes(source))
    return OF_WINSTON.test(importer) ? LATER + createRequire(importer).resolve(source) : null;
  if (!WINSTON.test(importer)) return null;
  if (source === '@dabh/diagnostics') return DIAGNOSTICS;
  if (source === 'logform') return levelsFor(importer);
  return source.endsWith('_stream_writable.js') ? WRITABLE : STREAMS;
}

/** For the one file that takes nothing of logform but levels. */
function levelsFor(importer: string): string | null {
  return /[\\/]config[\\/]index\.js$/.test(importer)
    ? LEVELS + createRequire(importer).resolve('logform/levels')
    : null;
}

function sourceOf(id: string): string | null {
  if (id.startsWith(LATER)) return usedLater(id.slice(LATER.length));
  if (id.startsWith(LEVELS)) return `exports.levels = require(${JSON.stringify(id.slice(LEVELS.length))});`;
  return SOURCES[id] ?? null;
}

/** A function or an object that is loaded when it is first called or read; what is set before is set then. */
function usedLater(file: string): string {
  return `
let loaded;
const said = {};
const load = () => (loaded ??= Object.assign(require(${JSON.stringify(file)}), said));
module.exports = new Proxy(function () {}, {
  get: (_, name) => load()[name],
  set: (_, name, value) => ((loaded ?? said)[name] = value, true),
  apply: (_, self, values) => Reflect.apply(load(), self, values),
});`;
}

// readable-stream 3, of which winston has its streams, goes on after an error that a transport reported. Node's would
// take no further line: they get to see no error, and don't destroy themselves.
const STREAM_CLASSES = `
const stream = require('node:stream');
const { inherits } = require('node:util');
function Writable(options) {
  stream.Writable.call(this, { autoDestroy: false, ...options });
  const { _write, _writev } = this;
  const tell = (done) => (error) => {
    if (error) this.emit('error', error);
    done();
  };
  this._write = (chunk, encoding, done) => _write.call(this, chunk, encoding, tell(done));
  if (_writev) this._writev = (chunks, done) => _writev.call(this, chunks, tell(done));
}
inherits(Writable, stream.Writable);
function Transform(options) {
  stream.Transform.call(this, { autoDestroy: false, ...options });
}
inherits(Transform, stream.Transform);`;

const SOURCES: Readonly<Record<string, string>> = {
  [WRITABLE]: `${STREAM_CLASSES}\nmodule.exports = Writable;`,
  [STREAMS]: `${STREAM_CLASSES}\nmodule.exports = { Stream: stream, Writable, Transform, PassThrough: stream.PassThrough };`,
  // What it is where NODE_ENV is "production".
  [DIAGNOSTICS]: 'module.exports = () => () => false;',
};
