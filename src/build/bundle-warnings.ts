import { documentation } from '../shared/documentation.js';
import type { BuildReport, BundledPackage } from './build-report.js';
import type { Bundle } from './bundle.js';
import { inColumn, kilobytes } from './format-report.js';

/** Looks for class-validator at run time, finds none beside a bundle, and then makes classes without rules. */
const LOSES_RULES = '@nestjs/mapped-types';

/** Warns about a package that loses validation rules in a bundle. */
export function lostRules(packages: BuildReport['packages']): string[] {
  if (!packages.some(({ name }) => name === LOSES_RULES)) return [];
  return [
    `Classes made by ${LOSES_RULES} (PartialType and the like) have no validation rules in a bundle: import these ` +
      `functions from lambent. See "DTOs and mapped types" in ${documentation('coming-from.md')}.`,
  ];
}

/** Warns about packages that are not installed. */
export function absentWarnings({ absent }: Bundle): string[] {
  return absent.map(
    ({ exporter, id }) =>
      `${exporter} is not installed and was left out. ${id} fails when it imports the package; ` +
      'you can ignore this if your code never gets there.',
  );
}

/** The number of packages that a warning names. */
const HEAVIEST = 5;

/**
 * Returns a warning that names the largest packages and what imports them, when startup loads more than the budget.
 *
 * @param packages What the files loaded at startup consist of.
 * @param budget In kB.
 */
export function budgetWarnings(packages: readonly BundledPackage[], bytes: number, budget: number): string[] {
  if (bytes <= budget * 1000) return [];
  const list = packages
    .slice(0, HEAVIEST)
    .map(({ name, bytes: size, importedBy }) => `  ${inColumn(size)}  ${[...importedBy, name].join(' > ')}`);
  const title =
    `Startup loads ${kilobytes(bytes)}, over the budget of ${budget} kB. ` +
    'The largest packages and what imports them:';
  return [[title, ...list].join('\n')];
}
