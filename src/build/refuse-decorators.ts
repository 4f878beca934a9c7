import { BootstrapError } from '../errors/bootstrap-error.js';
import { isDependency } from './packages.js';
import type { BundlerPlugin } from './rolldown-types.js';
import { childrenOf, parsed, type Syntax } from './syntax.js';

/** Only files that match are parsed again. */
const CLASS_EXPRESSION = /[=(,:?>]\s*class\b|\breturn\s+class\b/;

const DECORATOR = /@[A-Za-z_$]/;

const DROPPED = 'in a class expression would be dropped. Use a class declaration: class Name { … }';
const NOT_COMPILED = 'are compiled in TypeScript files only. Rename the file to .ts';

/**
 * Refuses decorators in class expressions, such as `const Order = class { @IsString() sku }`. The bundler silently
 * drops them, so nothing would be validated. TypeScript reports them as an error, too (TS1206).
 */
export function refuseDecoratedExpressions(): BundlerPlugin {
  return {
    name: 'lambent:class-expressions',
    transform: {
      filter: { id: /\.[cm]?tsx?$/, code: CLASS_EXPRESSION },
      handler(code, id) {
        const decorator = decoratorIn(parsed(this, code, id), 'expressions');
        if (!decorator) return null;
        throw refusal(decorator, { code, id }, DROPPED);
      },
    },
  };
}

/**
 * Refuses decorators in JavaScript files of the application. The bundler compiles those of TypeScript only, and no
 * version of Node that Lambda has reads them.
 */
export function refuseDecoratedJavaScript(): BundlerPlugin {
  return {
    name: 'lambent:decorated-javascript',
    transform: {
      filter: { id: /\.[cm]?jsx?$/, code: DECORATOR },
      handler(code, id) {
        const decorator = isDependency(id) ? undefined : decoratorIn(parsed(this, code, '.jsx'), 'everywhere');
        if (!decorator) return null;
        throw refusal(decorator, { code, id }, NOT_COMPILED);
      },
    },
  };
}

interface Source {
  readonly code: string;
  readonly id: string;
}

function refusal({ start }: Syntax, { code, id }: Source, why: string): BootstrapError {
  const before = code.slice(0, start).split('\n');
  return new BootstrapError(`${id}:${before.length}:${before.at(-1)!.length + 1}: decorators ${why}.`);
}

/**
 * Returns the first decorator that is refused.
 *
 * @param where Those of class expressions' members, or of parameters of the members; or all.
 */
function decoratorIn(node: Syntax, where: 'expressions' | 'everywhere', inExpression = false): Syntax | undefined {
  const { type, decorators = [] } = node;
  const isInside = inExpression && type !== 'ClassDeclaration';
  if ((isInside || where === 'everywhere') && decorators[0]) return decorators[0];
  for (const child of childrenOf(node)) {
    const found = decoratorIn(child, where, isInside || type === 'ClassExpression');
    if (found) return found;
  }
  return undefined;
}
