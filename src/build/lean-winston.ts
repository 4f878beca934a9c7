import { createRequire } from 'node:module';
import type { BundlerPlugin } from './bundler-options.js';

const WINSTON = /[\\/]node_modules[\\/](?:winston|winston-transport)[\\/]/;
const PREFIX = '\0lambent:';
const LEVELS = `${PREFIX}levels:`;

/**
 * Gives winston lighter ones of what it requires, and leaves the same packages as they are for everybody else.
 *
 * 142 kB become 45: 40 of them are a copy of Node's streams, 24 are for the colours of winston's own debugging lines,
 * 12 are formats of logform that winston's table of levels does not use. What an application imports itself, from
 * `winston` or `logform`, comes along whole.
 */
export function leanWinston(): BundlerPlugin {
  return {
    name: 'lambent:lean-winston',
    resolveId: {
      filter: { id: /^(?:@dabh\/diagnostics|logform|readable-stream(?:\/.+)?)$/ },
      handler: (source, importer) => (WINSTON.test(importer ?? '') ? substituteFor(source, importer!) : null),
    },
    load: {
      filter: { id: new RegExp(`^${PREFIX}`) },
      handler: (id) => sourceOf(id.slice(PREFIX.length)),
    },
  };
}

function substituteFor(source: string, importer: string): string | null {
  if (source === '@dabh/diagnostics') return `${PREFIX}diagnostics`;
  if (source === 'logform') return levelsFor(importer);
  return `${PREFIX}${source.endsWith('_stream_writable.js') ? 'writable' : 'streams'}`;
}

/** For the one file that takes nothing but levels. */
function levelsFor(importer: string): string | null {
  return /[\\/]config[\\/]index\.js$/.test(importer) ? `${LEVELS}${createRequire(importer).resolve('logform/levels')}` : null;
}

function sourceOf(name: string): string | null {
  if (`${PREFIX}${name}`.startsWith(LEVELS)) return `exports.levels = require(${JSON.stringify(name.slice(LEVELS.length - PREFIX.length))});`;
  return SOURCES[name] ?? null;
}

// readable-stream 3 goes on after an error that a transport reported; Node's streams would be destroyed by it.
const LASTING = `
const stream = require('node:stream');
const { inherits } = require('node:util');
function lasting(Base) {
  function Lasting(options) {
    Base.call(this, { autoDestroy: false, ...options });
  }
  inherits(Lasting, Base);
  return Lasting;
}
const Writable = lasting(stream.Writable);`;

const SOURCES: Readonly<Record<string, string>> = {
  writable: `${LASTING}\nmodule.exports = Writable;`,
  streams: `${LASTING}\nmodule.exports = { Stream: stream, Writable, Transform: lasting(stream.Transform), PassThrough: stream.PassThrough };`,
  // What it does where NODE_ENV is "production".
  diagnostics: `module.exports = () => Object.assign(() => false, { enabled: false });`,
};
