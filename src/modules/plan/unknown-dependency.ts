import { suggestion } from '../../shared/near-names.js';
import { describeToken } from '../../shared/token.js';
import { type ModuleNode, tokenKey } from './module-node.js';
import { isRegisteredGlobally } from './tsyringe-decorators.js';

/** What to change when nothing visible in `node` is provided under `token`. */
export function unknownDependency(token: unknown, node: ModuleNode, nodes: readonly ModuleNode[]): string {
  const advice =
    exportedElsewhere(token, nodes, node) ??
    hiddenElsewhere(token, nodes, node) ??
    namesake(token, node, nodes) ??
    elsewhere(token, node);
  return `nothing visible in ${node.name} provides it. ${advice ?? providedNowhere(token, node, nodes)}`;
}

function exportedElsewhere(token: unknown, nodes: readonly ModuleNode[], { name }: ModuleNode): string | undefined {
  const exporter = nodes.find(({ exported }) => exported.has(tokenKey(token)));
  return exporter && `${exporter.name} exports it: add ${exporter.name} to the imports of ${name}.`;
}

function hiddenElsewhere(token: unknown, nodes: readonly ModuleNode[], node: ModuleNode): string | undefined {
  const owner = nodes.find(({ providers }) => providers.has(tokenKey(token)));
  if (!owner) return undefined;
  const visit = node.imports.includes(owner) ? '' : `, and ${owner.name} to the imports of ${node.name}`;
  return `${owner.name} provides it but does not export it: add ${describeToken(token)} to the exports of ${owner.name}${visit}.`;
}

/** Two classes of one name: the global Request in the place of ours, or the wrong one of two files. */
export function namesake(token: unknown, node: ModuleNode, nodes: readonly ModuleNode[]): string | undefined {
  if (typeof token !== 'function') return undefined;
  const plans = [...node.globals.values(), ...nodes.flatMap((each) => [...each.providers.values()])];
  const other = plans.find((plan) => typeof plan.token === 'function' && plan.token.name === token.name);
  return other && `Another class of that name is there (${other}): check which of the two the file imports.`;
}

/** Whether another container would have it: where it is optional it would be `undefined` without a word. */
export function isElsewhere(token: unknown): boolean {
  return token === 'REQUEST' || token === 'INQUIRER' || isRegisteredGlobally(token);
}

/** What other containers would give. */
function elsewhere(token: unknown, { name }: ModuleNode): string | undefined {
  if (isRegisteredGlobally(token)) {
    return `tsyringe's global container has it, by @registry or the like, and is not asked here: add ${describeToken(token)} to the providers of ${name}.`;
  }
  if (token === 'REQUEST') return "NestJS's REQUEST is a constructor parameter of the type Request here.";
  if (token === 'INQUIRER') return "NestJS's INQUIRER has no counterpart: who asks is not told.";
  return undefined;
}

function providedNowhere(token: unknown, node: ModuleNode, nodes: readonly ModuleNode[]): string {
  const name = describeToken(token);
  const names = nodes.flatMap(({ providers }) => [...providers.values()].map((plan) => plan.name));
  return `Add ${name} to the providers of ${node.name}, or import the module that exports it.${suggestion(name, names)}`;
}
