// Runs all measurements, in rounds over all participants in turn, so that other influences on the machine (clocks,
// heat, neighbours) affect everybody.
import { median, quantile } from './statistics.mjs';

/**
 * A case is `{ suite, node, table, id, title, unit, baseline, participants }`; a participant `{ id, name, sample }`,
 * where `sample()` measures once, in a process of its own, and resolves to a number. Less is better. A sample that
 * holds several numbers has `readings`, which tell their own: `{ id, title, of }`, and `table` and `unit` where they
 * differ. A case that gives the same number each time says `once`.
 *
 * @returns one row a case, reading and participant, see `summarise`
 */
export async function measure(cases, { rounds, onSample = () => undefined }) {
  const cells = cases.map((one) => ({ ...one, samples: new Map(one.participants.map(({ id }) => [id, []])) }));
  for (let round = 0; round < rounds; round++) {
    for (const cell of cells.filter(({ once }) => !once || round === 0)) {
      for (const { id, sample } of rotated(cell.participants, round)) {
        cell.samples.get(id).push(await sample());
        onSample();
      }
    }
  }
  return cells.flatMap((cell) => readingsOf(cell).flatMap((reading) => summarise(cell, reading)));
}

/** Returns how often `onSample` will be called. */
export function countSamples(cases, rounds) {
  return cases.reduce((sum, { participants, once }) => sum + participants.length * (once ? 1 : rounds), 0);
}

/** Rotates the order, so that nobody is always first, or always behind the same contestant. */
function rotated(participants, round) {
  const start = round % participants.length;
  return [...participants.slice(start), ...participants.slice(0, start)];
}

function readingsOf({ id, title, readings }) {
  return readings ?? [{ id, title, of: (sample) => sample }];
}

/**
 * Compares each participant with the baseline of the same round. Returns the median of the ratios, with the quartiles
 * for their spread.
 */
function summarise({ suite, node, baseline, participants, samples, ...cell }, { id, title, of, ...own }) {
  const { table, unit } = { ...cell, ...own };
  const base = samples.get(baseline)?.map(of);
  return participants.map(({ id: participant, name }) => {
    const values = samples.get(participant).map(of);
    const row = { suite, node, table, case: id, title, participant, name, unit, value: rounded(median(values)) };
    return base ? { ...row, baseline, ...comparison(values, base) } : row;
  });
}

function comparison(values, base) {
  const ratios = values.map((value, round) => value / base[round]);
  return {
    ratio: rounded(median(ratios)),
    low: rounded(quantile(ratios, 0.25)),
    high: rounded(quantile(ratios, 0.75)),
    difference: rounded(median(values.map((value, round) => value - base[round]))),
  };
}

function rounded(value) {
  return Number(value.toPrecision(4));
}
