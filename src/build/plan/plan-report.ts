import type { PlanReport } from '../build-report.js';
import type { PlannedEntry } from './plan-applications.js';

export function planReports(entries: readonly PlannedEntry[]): PlanReport[] {
  return entries.map(({ name, outcome: { reason } }) =>
    reason === undefined ? { entry: name, planned: 'build' } : { entry: name, planned: 'start', reason },
  );
}
