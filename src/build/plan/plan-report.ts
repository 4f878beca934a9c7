import type { PlanReport } from '../build-report.js';
import type { PlannedEntry } from './plan-applications.js';

/** Reports on the entries that create applications. */
export function planReports(entries: readonly PlannedEntry[]): PlanReport[] {
  return entries.flatMap(({ name, outcome: { plans, reason } }) => {
    if (reason !== undefined) return { entry: name, planned: 'start', reason, items: [] } as const;
    return plans.length > 0
      ? ({ entry: name, planned: 'build', items: plans.flatMap(({ items }) => items) } as const)
      : [];
  });
}
