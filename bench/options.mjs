import { parseArgs } from 'node:util';
import { contestants, yardstick } from './contestants.mjs';
import { results } from './paths.mjs';
import { suites } from './suites/suites.mjs';

const SUITES = Object.keys(suites);
const NODES = [20, 24];

const USAGE = `npm run bench -- [options]

  --quick                fewer and shorter rounds: for tuning, no figures to publish
  --only <suites>        ${SUITES.join(', ')}; separated by commas
  --contestants <names>  ${contestants.map(({ id }) => id).join(', ')}
  --cases <ids>          as in get,post+log,routes/lambent; all of a suite unless given
  --node <majors>        ${NODES.join(',')} unless given
  --rounds <count>       how often everybody is measured
  --no-build             take dist/ as it is
  --against <commit>     adds Lambent as of that commit, built here and measured in turn with everybody
  --results <folder>     where figures are written; bench/results after a whole run, nowhere after a narrower one
  --check                compare with the committed figures instead of writing any; exits with 1 when a row got worse
`;

/** Prints the usage and exits when an option is unknown. */
export function readOptions(argv) {
  const { values } = parse(argv);
  if (values.help) {
    console.log(USAGE);
    process.exit(0);
  }
  const only = list(values.only, SUITES);
  const names = list(
    values.contestants,
    contestants.map(({ id }) => id),
  );
  return {
    quick: values.quick === true,
    check: values.check === true,
    build: values['no-build'] !== true,
    against: values.against,
    rounds: values.rounds === undefined ? undefined : count(values.rounds),
    only,
    results: values.results ?? (isWhole(values) ? results : undefined),
    cases: values.cases?.split(','),
    nodes: (values.node?.split(',') ?? NODES).map(count),
    // Ratios need the baseline, even if it was not requested.
    contestants: contestants.filter((one) => one === yardstick || names.includes(one.id)),
  };
}

/** Figures of different runs are not comparable, so a partial run never replaces a full one. */
function isWhole({ quick, only, contestants: names, cases, node, rounds }) {
  return [quick, only, names, cases, node, rounds].every((value) => value === undefined);
}

function parse(argv) {
  try {
    return parseArgs({
      args: argv,
      options: {
        help: { type: 'boolean' },
        quick: { type: 'boolean' },
        only: { type: 'string' },
        contestants: { type: 'string' },
        cases: { type: 'string' },
        node: { type: 'string' },
        rounds: { type: 'string' },
        'no-build': { type: 'boolean' },
        results: { type: 'string' },
        against: { type: 'string' },
        check: { type: 'boolean' },
      },
    });
  } catch (error) {
    return refuse(error.message);
  }
}

function list(text, known) {
  const names = text?.split(',') ?? known;
  const unknown = names.filter((name) => !known.includes(name));
  return unknown.length > 0 ? refuse(`${unknown.join(', ')}: not known`) : names;
}

function count(text) {
  const number = Number(text);
  return Number.isInteger(number) && number > 0 ? number : refuse(`${text} is not a whole number from 1`);
}

function refuse(reason) {
  console.error(`${reason}\n\n${USAGE}`);
  process.exit(2);
}
