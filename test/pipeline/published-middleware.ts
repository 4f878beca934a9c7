import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { transformSync } from '@swc/core';
import type { MiddyMiddleware } from '../../src/pipeline/from-middy.js';

const modules = join(process.cwd(), 'node_modules');
const loaded = new Map<string, { exports: Record<string, unknown> }>();

/**
 * A middleware's factory as it was published. Those of middy 6 are ES modules, which Jest's `require` doesn't take:
 * their syntax is compiled, as Jest compiles our sources.
 */
export function published<O>(name: string): (options?: O) => MiddyMiddleware {
  return load(join(modules, '@middy', name, 'index.js'))['default'] as (options?: O) => MiddyMiddleware;
}

function load(path: string): Record<string, unknown> {
  const known = loaded.get(path);
  if (known) return known.exports;
  const module = { exports: {} as Record<string, unknown> };
  loaded.set(path, module);
  const { code } = transformSync(readFileSync(path, 'utf8'), {
    module: { type: 'commonjs' },
    jsc: { target: 'es2022' },
  });
  const run = new Function('module', 'exports', 'require', code) as (...args: unknown[]) => void;
  run(module, module.exports, (request: string) => resolve(request, path));
  return module.exports;
}

function resolve(request: string, from: string): unknown {
  if (request.startsWith('.')) return load(join(dirname(from), request));
  if (request.startsWith('@middy/')) return load(join(modules, request, 'index.js'));
  return (request.startsWith('node:') ? createRequire(from)(request) : jest.requireActual(request)) as unknown;
}
