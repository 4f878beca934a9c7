// Lambent's goals. `of` returns the figure of one Node, `peers` the case in which it must be first.

const goalList = [
  ratioGoal('GET', 'get', 1.25),
  ratioGoal('POST, valid', 'post', 1.5),
  ratioGoal('POST, invalid', 'post-invalid', 2.5),
  ratioGoal('unknown path', 'unknown-path', 1.25),
  {
    title: 'access log and timeout, GET',
    limit: 4,
    unit: 'µs more',
    of: (find) => find('get+log', 'lambent').value - find('get', 'lambent').value,
  },
  {
    title: 'validation, against class-validator',
    least: 15,
    unit: '× faster',
    of: (find) => slower(find, 'class-validator'),
  },
  { title: 'validation, against zod', least: 1, unit: '× faster', of: (find) => slower(find, 'zod') },
  {
    title: 'cold start with winston',
    limit: 15,
    unit: 'ms over hand-written',
    of: (find) => find('first-answer', 'lambent-winston').difference,
    peers: { case: 'first-answer', ours: 'lambent-winston' },
  },
  { title: 'code of the order app', limit: 150, unit: 'kB', of: (find) => find('code', 'lambent').value },
  {
    title: '1,000 routes against 10',
    limit: 1.2,
    unit: '×',
    of: (find) => find('routes/lambent', '1000 routes').ratio,
  },
  {
    title: 'bootstrap, 100 modules against 10',
    limit: 12,
    unit: '×',
    of: (find) => find('bootstrap/100', 'lambent').value / find('bootstrap/10', 'lambent').value,
  },
  {
    title: 'bootstrap, 100 modules, against NestJS',
    least: 5,
    unit: '× faster',
    of: (find) => 1 / find('bootstrap/100', 'lambent').ratio,
  },
  {
    title: 'heap after the events',
    limit: 1.2,
    unit: '× hand-written',
    of: (find) => find('heap/after', 'lambent').ratio,
  },
  {
    title: 'heap growth',
    limit: 1.05,
    unit: '× at rest',
    of: (find) => find('heap/after', 'lambent').value / find('heap/rest', 'lambent').value,
  },
];

function ratioGoal(title, id, limit) {
  return {
    title,
    limit,
    unit: '× hand-written',
    of: (find) => find(id, 'lambent').ratio,
    peers: { case: id, ours: 'lambent' },
  };
}

function slower(find, other) {
  return find('valid', other).value / find('valid', 'lambent').value;
}

/** @returns The goals that were measured: `{ title, limit, results: [{ node, text, met }] }` */
export function goals(rows) {
  const nodes = [...new Set(rows.map(({ node }) => node))];
  return goalList
    .map((goal) => ({
      title: goal.title,
      limit: limitOf(goal),
      results: nodes.flatMap((node) => resultOf(goal, node, rows)),
    }))
    .filter(({ results }) => results.length > 0);
}

function limitOf({ limit, least, unit, peers }) {
  return `${limit === undefined ? `at least ${least}` : `at most ${limit}`} ${unit}${peers ? ', ahead of every peer' : ''}`;
}

function resultOf(goal, node, rows) {
  const here = rows.filter((row) => row.node === node);
  const value = goal.of(
    (id, participant) => here.find((row) => row.case === id && row.participant === participant) ?? MISSING,
  );
  if (!Number.isFinite(value)) return [];
  const met = (goal.limit === undefined ? value >= goal.least : value <= goal.limit) && isFirst(goal.peers, here);
  return [{ node, text: `${Number(value.toPrecision(3))}`, met }];
}

const MISSING = { value: Number.NaN, ratio: Number.NaN, difference: Number.NaN };

function isFirst(peers, rows) {
  if (!peers) return true;
  const field = rows.filter((row) => row.case === peers.case);
  const ours = field.find(({ participant }) => participant === peers.ours);
  return field.every(
    (row) => row.participant === row.baseline || row.participant.startsWith('lambent') || row.ratio > ours.ratio,
  );
}
