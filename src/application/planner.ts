/**
 * The planner of the process: the only way from what runs to what plans. `lambent build` puts a plan that it made in
 * its place.
 */
export { checkApplicationOptions } from './plan/check-application-options.js';
export { checkConfiguredOptions } from './plan/check-configured-options.js';
export { describeApplication } from './plan/describe-application.js';
export { planApplication } from './plan/plan-application.js';
