import { BootstrapError } from '../errors/bootstrap-error.js';
import type { BundlerPlugin } from './bundler-options.js';
import { childrenOf, parsed, type Syntax } from './declared-types/syntax.js';

/** Only files with one of them are parsed once more. */
const CLASS_EXPRESSION = /[=(,:?>]\s*class\b|\breturn\s+class\b/;

/**
 * Refuses decorators of the members of class expressions, as `const Order = class { @IsString() sku }`: the bundler
 * leaves them out without a word, so that nothing would be checked. TypeScript has them for an error as well (TS1206).
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
  return `${place}: a class expression can't have decorators: they would be left out. Declare the class: class Name { … }.`;
}

/** The first decorator of a member of a class expression, or of a member's parameter. */
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
