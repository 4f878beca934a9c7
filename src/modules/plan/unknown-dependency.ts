import { suggestion } from '../../shared/suggestion.js';
import { describeToken } from '../../shared/token.js';
import { INQUIRER } from '../inquirer.js';
import { labelOf, nameOf } from '../provider-plan.js';
import { tokenKey } from '../token-key.js';
import { PLANNED_ON_DEMAND } from './framework-providers.js';
import { INQUIRER_ADVICE } from './link-inquirers.js';
import type { ModuleNode } from './module-node.js';
import { isRegisteredGlobally } from './tsyringe-decorators.js';

/** Says what to change when nothing visible in `node` provides `token`. */
export function unknownDependency(token: unknown, node: ModuleNode, nodes: readonly ModuleNode[]): string {
  const advice =
    exportedElsewhere(token, node, nodes) ??
    hiddenElsewhere(token, node, nodes) ??
    namesake(token, node, nodes) ??
    providedByOtherContainer(token, node);
  return `nothing visible in ${node.name} provides it. ${advice ?? providedNowhere(token, node, nodes)}`;
}

function exportedElsewhere(token: unknown, node: ModuleNode, nodes: readonly ModuleNode[]): string | undefined {
  const exporter = nodes.find((other) => other.exports(tokenKey(token)));
  return exporter && `${exporter.name} exports it: add ${exporter.name} to ${importsOf(node, exporter.name)}.`;
}

function hiddenElsewhere(token: unknown, node: ModuleNode, nodes: readonly ModuleNode[]): string | undefined {
  const owner = nodes.find((other) => other.provides(tokenKey(token)));
  if (!owner) return undefined;
  const alsoImport = node.imports.includes(owner) ? '' : `, and ${owner.name} to ${importsOf(node, owner.name)}`;
  return (
    `${owner.name} provides it but does not export it: ` +
    `add ${describeToken(token)} to the exports of ${owner.name}${alsoImport}.`
  );
}

/** Finds another class of the same name, such as ours for the global Request, or one of another file. */
export function namesake(token: unknown, node: ModuleNode, nodes: readonly ModuleNode[]): string | undefined {
  if (typeof token !== 'function') return undefined;
  const plans = [...node.globals.values(), ...nodes.flatMap((each) => [...each.providers.values()])];
  const other = plans.find(
    ({ definition: { provide } }) => typeof provide === 'function' && provide.name === token.name,
  );
  const label = other ? labelOf(other) : PLANNED_ON_DEMAND.has(token.name) && `${token.name} in Lambent`;
  return label ? `Another class has the same name (${label}): check which of the two the file imports.` : undefined;
}

/** Whether NestJS or tsyringe would provide a token, so that an optional one must not silently be `undefined`. */
export function isProvidedByOtherContainer(token: unknown): boolean {
  return token === 'REQUEST' || token === INQUIRER || isRegisteredGlobally(token);
}

/** Says what to write instead of a token that NestJS or tsyringe would provide. */
function providedByOtherContainer(token: unknown, { name }: ModuleNode): string | undefined {
  if (isRegisteredGlobally(token)) {
    return (
      `tsyringe's global container has it, by @registry or the like, but Lambent does not use that container: ` +
      `add ${describeToken(token)} to the providers of ${name}.`
    );
  }
  if (token === 'REQUEST') return "Instead of NestJS's REQUEST, declare a constructor parameter of the type Request.";
  return token === INQUIRER ? INQUIRER_ADVICE : undefined;
}

function providedNowhere(token: unknown, node: ModuleNode, nodes: readonly ModuleNode[]): string {
  const name = describeToken(token);
  const names = nodes.flatMap(({ providers }) => [...providers.values()].map(nameOf));
  const near = suggestion(name, names);
  const advice = takesImports(node)
    ? `Add the module that exports it to ${importsOf(node, 'TheModule')}.`
    : `Add ${name} to the providers of ${node.name}, or import the module that exports it.`;
  return `${advice}${near}`;
}

function importsOf(node: ModuleNode, imported: string): string {
  const example = takesImports(node) ? `, as in ${node.name}.forRootAsync({ imports: [${imported}], … })` : '';
  return `the imports of ${node.name}${example}`;
}

/** Whether its caller passes its imports. The class is often that of a library, which users can't edit. */
function takesImports({ type, declaration }: ModuleNode): boolean {
  return declaration.dynamic && 'forRootAsync' in type;
}
