import { coldCases } from './cold/cold.mjs';
import { earlyCases } from './early/early.mjs';
import { scaleCases } from './scale/scale.mjs';
import { validationCases } from './validation/validation.mjs';
import { warmCases } from './warm/warm.mjs';

/**
 * `cases` takes `{ runtime, contestants, quick }`; `rounds` is how often everybody is measured, `quick` and else. The
 * start of a process varies more than a loop that runs for seconds, and takes less time.
 */
export const suites = {
  warm: { cases: warmCases, rounds: { quick: 3, full: 3 } },
  cold: { cases: coldCases, rounds: { quick: 5, full: 31 }, needsClient: true },
  early: { cases: earlyCases, rounds: { quick: 5, full: 15 } },
  scale: { cases: scaleCases, rounds: { quick: 1, full: 3 } },
  validation: { cases: validationCases, rounds: { quick: 3, full: 7 } },
};
