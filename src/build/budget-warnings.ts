import type { BundledPackage } from './build-report.js';
import { kilobytes } from './kilobytes.js';

/** So many of the heaviest packages are worth a word. */
const HEAVIEST = 5;

/**
 * One warning that names the heaviest packages and what imports them, where the start loads more than the budget (kB).
 *
 * @param packages What makes up the files that are loaded at the start.
 */
export function budgetWarnings(packages: readonly BundledPackage[], bytes: number, budget: number): string[] {
  if (bytes <= budget * 1000) return [];
  const list = packages.slice(0, HEAVIEST).map(({ name, bytes: size, importedBy }) => `  ${kilobytes(size)}  ${[...importedBy, name].join(' > ')}`);
  const title = `${kilobytes(bytes).trim()} loaded at the start is over the budget of ${budget} kB. The heaviest, and what brings them in:`;
  return [[title, ...list].join('\n')];
}
