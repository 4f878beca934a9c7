import { createRequire } from 'node:module';
import { installReflectMetadata } from './reflect-metadata.js';
import type { BundlerPlugin } from './rolldown-types.js';

const WINSTON = /[\\/]node_modules[\\/](?:winston|winston-transport)[\\/]/;
const OF_WINSTON = /[\\/]node_modules[\\/](?:winston|winston-transport|logform)[\\/]/;
/** Only its ES modules, because `require` would receive something else. */
const CLASS_VALIDATOR = /[\\/]node_modules[\\/]class-validator[\\/]esm/;
/** Our file that passes on class-transformer's converter. */
const CONVERTER_FILE = /[\\/]validation[\\/]transformer[\\/]plain-to-instance\.[jt]s$/;
const PREFIX = '\0lambent:';
const WRITABLE = `${PREFIX}writable`;
const STREAMS = `${PREFIX}streams`;
const DIAGNOSTICS = `${PREFIX}diagnostics`;
const REFLECT_METADATA = `${PREFIX}reflect-metadata`;
/** Followed by the path of logform's own file. */
const LEVELS = `${PREFIX}levels:`;
/** Followed by the path of class-transformer's own file. */
const CONVERTER = `${PREFIX}converter:`;
/** Followed by the path of a file that is loaded on first use. */
const LATER = `${PREFIX}later:`;
const USED_LATER: readonly string[] = ['@colors/colors/safe', 'stack-trace', 'async/forEach'];

/**
 * Substitutes lighter modules for some imports of packages.
 *
 * winston gets Node's streams instead of its copy of them (40 kB), no colours for its own debug output (24 kB), and
 * only the part of logform that its levels need (12 kB): 142 kB become 45, together with winston-parts.ts, which
 * imports only what a logger needs. Its modules for colours, stacks and shutdown are loaded on first use. For other
 * importers these packages stay as they are, and an application that imports winston itself gets all of it.
 *
 * class-validator gets validator.js as ES modules (2 kB). reflect-metadata (12 kB, of which 4 are polyfills) becomes a
 * module that behaves the same and takes 1 kB.
 */
export function leanPackages(): BundlerPlugin {
  return {
    name: 'lambent:lean-packages',
    resolveId: {
      filter: {
        id: [
          /^(?:@dabh\/diagnostics|@colors\/colors\/safe|async\/forEach|logform|stack-trace)$/,
          /^readable-stream(?:\/.+)?$/,
          /^(?:class-transformer|validator\/lib\/\w+)$/,
          /^reflect-metadata(?:\/lite)?$/,
        ],
      },
      handler: (source, importer = '') => otherFile(source, importer) ?? substituteFor(source, importer),
    },
    load: {
      filter: { id: new RegExp(`^${PREFIX}`) },
      handler: (id) => sourceOf(id),
    },
  };
}

/** Returns a smaller file of the same package with the same function. */
function otherFile(source: string, importer: string): string | null {
  if (source === 'class-transformer') return converterFor(importer);
  if (source.startsWith('reflect-metadata')) return REFLECT_METADATA;
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

/** Substitutes logform for the one file that only uses its levels. */
function levelsFor(importer: string): string | null {
  return /[\\/]config[\\/]index\.js$/.test(importer)
    ? LEVELS + createRequire(importer).resolve('logform/levels')
    : null;
}

/** The index file has the converter's functions itself, and would bring the converter to whoever uses a decorator. */
function converterFor(importer: string): string | null {
  const index = CONVERTER_FILE.test(importer) ? resolved('class-transformer', importer) : null;
  return index === null
    ? null
    : CONVERTER + index.replace(/[\\/][^\\/]+[\\/]index\.js$/, '/esm2015/ClassTransformer.js');
}

function sourceOf(id: string): string | null {
  if (id.startsWith(CONVERTER)) return converter(id.slice(CONVERTER.length));
  if (id.startsWith(LATER)) return usedLater(id.slice(LATER.length));
  if (id.startsWith(LEVELS)) return `exports.levels = require(${JSON.stringify(id.slice(LEVELS.length))});`;
  return SOURCES[id] ?? null;
}

function converter(file: string): string {
  return `
import { ClassTransformer } from ${JSON.stringify(file)};
const converter = new ClassTransformer();
export const plainToInstance = (type, plain, options) => converter.plainToInstance(type, plain, options);`;
}

/** Returns the source of a module that is loaded when it is first called or read. Members set before are set then. */
function usedLater(file: string): string {
  return `
let loaded;
const early = {};
const load = () => (loaded ??= Object.assign(require(${JSON.stringify(file)}), early));
module.exports = new Proxy(function () {}, {
  get: (_, name) => load()[name],
  set: (_, name, value) => ((loaded ?? early)[name] = value, true),
  apply: (_, self, values) => Reflect.apply(load(), self, values),
});`;
}

// The streams of readable-stream 3, which winston uses, continue after a transport reports an error. Node's streams
// would accept no further lines, so these never pass the error on and don't destroy themselves.
const STREAM_CLASSES = `
const stream = require('node:stream');
const { inherits } = require('node:util');
function Writable(options) {
  stream.Writable.call(this, { autoDestroy: false, ...options });
  const { _write, _writev } = this;
  const report = (done) => (error) => {
    if (error) this.emit('error', error);
    done();
  };
  this._write = (chunk, encoding, done) => _write.call(this, chunk, encoding, report(done));
  if (_writev) this._writev = (chunks, done) => _writev.call(this, chunks, report(done));
}
inherits(Writable, stream.Writable);
function Transform(options) {
  stream.Transform.call(this, { autoDestroy: false, ...options });
}
inherits(Transform, stream.Transform);`;

const SOURCES: Readonly<Record<string, string>> = {
  [WRITABLE]: `${STREAM_CLASSES}\nmodule.exports = Writable;`,
  [STREAMS]:
    STREAM_CLASSES + '\nmodule.exports = { Stream: stream, Writable, Transform, PassThrough: stream.PassThrough };',
  // Its implementation for NODE_ENV "production".
  [DIAGNOSTICS]: 'module.exports = () => () => false;',
  [REFLECT_METADATA]: `(${String(installReflectMetadata)})();`,
};
