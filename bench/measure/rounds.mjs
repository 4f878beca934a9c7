// All measuring goes through here: rounds over all participants in turn, so that whatever the machine does
// meanwhile (clocks, heat, neighbours) happens to everybody.
import { median, quantile } from './statistics.mjs';

/**
 * A case is `{ suite, node, id, title, unit, baseline, participants }`; a participant `{ id, title, sample }`, where
 * `sample()` measures once, in a process of its own, and resolves to a number. Less is better.
 *
 * @returns one row a case and participant, see `summarise`
 */
export async function measure(cases, { rounds, onSample = () => undefined }) {
  const cells = cases.map((one) => ({ ...one, samples: new Map(one.participants.map(({ id }) => [id, []])) }));
  for (let round = 0; round < rounds; round++) {
    for (const cell of cells) {
      for (const { id, sample } of rotated(cell.participants, round)) {
        cell.samples.get(id).push(await sample());
        onSample(cell, id, round);
      }
    }
  }
  return cells.flatMap(summarise);
}

/** Nobody is always the first, or always behind the same other. */
function rotated(participants, round) {
  const start = round % participants.length;
  return [...participants.slice(start), ...participants.slice(0, start)];
}

/**
 * The ratio is taken in each round, against the baseline of that very round; its median is told, and its quartiles
 * for the spread.
 */
function summarise({ suite, node, id, title, unit, baseline, participants, samples }) {
  const base = samples.get(baseline);
  return participants.map((participant) => {
    const values = samples.get(participant.id);
    const ratios = base && values.map((value, round) => value / base[round]);
    return {
      suite,
      node,
      case: id,
      title,
      contestant: participant.id,
      unit,
      value: rounded(median(values)),
      ...(ratios && { baseline, ratio: rounded(median(ratios)), low: rounded(quantile(ratios, 0.25)), high: rounded(quantile(ratios, 0.75)) }),
    };
  });
}

function rounded(value) {
  return Number(value.toPrecision(4));
}
