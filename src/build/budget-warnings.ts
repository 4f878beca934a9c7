import type { BundledPackage } from './build-report.js';
import { kilobytes } from './kilobytes.js';

/** So many of the heaviest packages are worth a word. */
const HEAVIEST = 5;

/** One warning that names the heaviest packages and what imports them, where all together is over the budget (kB). */
export function budgetWarnings(packages: readonly BundledPackage[], bytes: number, budget: number): string[] {
  if (bytes <= budget * 1000) return [];
  const list = packages.slice(0, HEAVIEST).map(({ name, bytes: size, importedBy }) => `  ${kilobytes(size)}  ${[...importedBy, name].join(' > ')}`);
  return [[`${kilobytes(bytes).trim()} is over the budget of ${budget} kB. The heaviest, and what brings them in:`, ...list].join('\n')];
}
