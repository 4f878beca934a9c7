import { ValidateBy, validateSync } from 'class-validator';

let answer: boolean | undefined;

/** Whether `$value` in a message stands for numbers and booleans too; in the first releases of 0.14 it doesn't. */
export function replacesEveryScalar(): boolean {
  return (answer ??= validateSync(new (probeClass())())[0]?.constraints?.['probe'] === '1');
}

function probeClass(): new () => object {
  class Probe {
    probe = 1;
  }
  ValidateBy({ name: 'probe', validator: { validate: () => false } }, { message: '$value' })(Probe.prototype, 'probe');
  return Probe;
}
