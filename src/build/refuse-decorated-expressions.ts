import { BootstrapError } from '../errors/bootstrap-error.js';
import { childrenOf, parsed, type Syntax } from './declared-types/syntax.js';
import type { BundlerPlugin } from './rolldown-types.js';

/** Only files that match are parsed again. */
const CLASS_EXPRESSION = /[=(,:?>]\s*class\b|\breturn\s+class\b/;

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
        const decorator = decoratorIn(parsed(this, code, id), false);
        if (decorator) throw new BootstrapError(refusal(code.slice(0, decorator.start).split('\n'), id));
        return null;
      },
    },
  };
}

function refusal(before: readonly string[], id: string): string {
  const place = `${id}:${before.length}:${before.at(-1)!.length + 1}`;
  return `${place}: decorators in a class expression would be dropped. Use a class declaration: class Name { … }.`;
}

/** Returns the first decorator of a class expression's member, or of a parameter of the member. */
function decoratorIn(node: Syntax, inExpression: boolean): Syntax | undefined {
  const { type, decorators = [] } = node;
  if (inExpression && decorators[0] && type !== 'ClassDeclaration') return decorators[0];
  const within = type === 'ClassExpression' || (inExpression && type !== 'ClassDeclaration');
  for (const child of childrenOf(node)) {
    const found = decoratorIn(child, within);
    if (found) return found;
  }
  return undefined;
}
