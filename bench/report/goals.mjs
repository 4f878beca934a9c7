// Lambent's goals. `of` returns the figure of one Node. `limit` is the most that it may be, or `least` the least, where
// Nodes differ by major version. `ahead` compares with the peers: a case, and how many times as good it must be.
import { isWorse } from '../compare.mjs';

const goalList = [
  {
    title: 'cold start, order app with access log',
    limit: { 20: 12, 24: 10 },
    unit: 'ms over hand-written',
    of: ({ find }) => find('first-answer', 'lambent').difference,
    ahead: { case: 'first-answer', by: 'difference', times: 3 },
  },
  {
    title: 'cold start with a code cache',
    limit: { 20: 12, 24: 10 },
    unit: 'ms over hand-written',
    of: ({ find }) => find('first-answer', 'lambent-cached').difference,
    ahead: { case: 'first-answer', ours: 'lambent-cached', by: 'difference', times: 3 },
  },
  {
    title: 'cold start with winston',
    limit: 15,
    unit: 'ms over hand-written',
    of: ({ find }) => find('first-answer', 'lambent-winston').difference,
    ahead: { case: 'first-answer', ours: 'lambent-winston', by: 'difference' },
  },
  { title: 'code loaded, order app', limit: 70, unit: 'kB', of: ({ find }) => find('code', 'lambent').value },
  { title: 'code loaded, hello', limit: 45, unit: 'kB', of: ({ find }) => find('hello-code', 'lambent').value },
  ratioGoal('first 1,000 events', 'early/1000', { 20: 2.5, 24: 1.8 }),
  ratioGoal('GET', 'get', 1.3),
  ratioGoal('POST, valid', 'post', 1.3),
  ratioGoal('POST, invalid', 'post-invalid', 1.7),
  ratioGoal('unknown path', 'unknown-path', 1.3),
  ratioGoal('guard, two interceptors', 'guarded', 1.7),
  ratioGoal('10 kB response', 'large', 1.1),
  {
    title: 'access log and timeout, GET',
    limit: 4,
    unit: 'µs more',
    of: ({ find }) => find('get+log', 'lambent').value - find('get', 'lambent').value,
  },
  ...[10, 1_000, 10_000].map((records) => ({
    title: `SQS, ${records} records, against Powertools' processors`,
    limit: 1,
    unit: '×',
    of: ({ find }) =>
      Math.max(
        timesAs(find, `batch/${records}`, ['lambent', 'powertools-sync']),
        timesAs(find, `batch/${records}`, ['lambent/async', 'powertools']),
      ),
  })),
  {
    title: 'SQS, a record of 10,000 against one of 1,000',
    limit: 1.15,
    unit: '×',
    of: ({ find }) => find('batch/10000', 'lambent').value / find('batch/1000', 'lambent').value,
  },
  {
    title: 'start of 100 modules, against NestJS',
    least: 10,
    unit: '× faster',
    of: ({ find }) => timesAs(find, 'start/100', ['nestjs', 'lambent']),
  },
  {
    title: 'start of 100 modules with a code cache, against NestJS',
    least: 10,
    unit: '× faster',
    of: ({ find }) => timesAs(find, 'start/100', ['nestjs', 'lambent-cached']),
  },
  {
    title: 'start of 100 modules against 10',
    limit: 12,
    unit: '×',
    of: ({ find }) => find('start/100', 'lambent').value / find('start/10', 'lambent').value,
  },
  { title: 'plan of a controller', limit: 2, unit: 'kB', of: ({ find }) => planOfController(find) },
  {
    title: '1,000 routes against 10',
    limit: 1.2,
    unit: '×',
    of: ({ find }) => find('routes/lambent', '1000 routes').ratio,
  },
  {
    title: 'heap after the events',
    limit: 1.25,
    unit: '× hand-written',
    of: ({ find }) => find('heap/after', 'lambent').ratio,
  },
  {
    title: 'resident memory after the events',
    limit: 1.15,
    unit: '× hand-written',
    of: ({ find }) => find('rss/after', 'lambent').ratio,
  },
  {
    title: 'heap growth',
    limit: 1.05,
    unit: '× at rest',
    of: ({ find }) => find('heap/after', 'lambent').value / find('heap/rest', 'lambent').value,
  },
  {
    title: 'validation, against class-validator',
    least: 15,
    unit: '× faster',
    of: ({ find }) => timesAs(find, 'valid', ['class-validator', 'lambent']),
  },
  {
    title: 'validation, against zod',
    least: 1,
    unit: '× faster',
    of: ({ find }) => timesAs(find, 'valid', ['zod', 'lambent']),
  },
  {
    title: 'without a plan, against the other commit',
    limit: 0,
    unit: 'rows worse',
    of: ({ rows }) => worseWithoutPlan(rows),
  },
];

function ratioGoal(title, id, limit) {
  const of = ({ find }) => find(id, 'lambent').ratio;
  return { title, limit, unit: '× hand-written', of, ahead: { case: id, by: 'ratio' } };
}

function timesAs(find, id, [one, other]) {
  return find(id, one).value / find(id, other).value;
}

/** Returns the size that a controller adds to the code, beyond what it adds to a bundle without a plan. */
function planOfController(find) {
  const controllers = 900;
  const growth = (id) => (find('start-code/100', id).value - find('start-code/10', id).value) / controllers;
  return growth('lambent') - growth('lambent-unplanned');
}

/** @returns How many rows are worse than those of the commit that `--against` named, measured in the same rounds */
function worseWithoutPlan(rows) {
  const others = new Map(
    rows.filter(({ participant }) => participant === 'lambent-before').map((row) => [row.case, row]),
  );
  const pairs = rows
    .filter((row) => row.participant === 'lambent-unplanned' && others.has(row.case))
    .map((row) => ({ row, old: others.get(row.case) }));
  return pairs.length === 0 ? Number.NaN : pairs.filter(isWorse).length;
}

/** @returns The goals that were measured: `{ title, limit, results: [{ node, text, limit, met }] }` */
export function goals(rows) {
  const nodes = [...new Set(rows.map(({ node }) => node))];
  return goalList
    .map((goal) => ({
      title: goal.title,
      limit: limitOf(goal, nodes),
      results: nodes.flatMap((node) => resultOf(goal, node, rows)),
    }))
    .filter(({ results }) => results.length > 0);
}

function limitOf({ limit, least, unit, ahead }, nodes) {
  const limits = nodes.map((node) => boundFor(limit ?? least, node));
  const bound = [...new Set(limits)].join(' / ');
  return `${limit === undefined ? 'at least' : 'at most'} ${bound} ${unit}${ahead ? aheadOf(ahead) : ''}`;
}

function aheadOf({ times = 1 }) {
  return times === 1 ? ', ahead of every peer' : `, ${times} times ahead of every peer`;
}

function boundFor(bound, node) {
  return typeof bound === 'number' ? bound : bound[node];
}

function resultOf(goal, node, all) {
  const rows = all.filter((row) => row.node === node);
  const find = (id, participant) =>
    rows.find((row) => row.case === id && row.participant === participant) ?? NOT_MEASURED;
  const value = goal.of({ find, rows });
  if (!Number.isFinite(value)) return [];
  const inLimit = goal.limit === undefined ? value >= boundFor(goal.least, node) : value <= boundFor(goal.limit, node);
  return [
    {
      node,
      text: `${Number(value.toPrecision(3))}`,
      limit: limitOf(goal, [node]),
      met: inLimit && isAhead(goal.ahead, rows),
    },
  ];
}

const NOT_MEASURED = { value: Number.NaN, ratio: Number.NaN, difference: Number.NaN };

function isAhead(ahead, rows) {
  if (!ahead) return true;
  const { by, ours = 'lambent', times = 1 } = ahead;
  const field = rows.filter((row) => row.case === ahead.case);
  const own = field.find(({ participant }) => participant === ours);
  return field.filter(isPeer).every((peer) => peer[by] > own[by] * times);
}

function isPeer({ participant, baseline }) {
  return participant !== baseline && !participant.startsWith('lambent');
}
