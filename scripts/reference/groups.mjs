// Puts the exports of an entry into groups, as readers look for them.
import { readFileSync } from 'node:fs';

/** The subjects of `lambent`, with the folders and files of `src/` that belong to them. The first that fits counts. */
const SUBJECTS = [
  [
    'Application',
    /^(application\/(?!records)|settings\/|contracts\/(application-description|lifecycle|event-adapter)|http\/policies)/,
  ],
  ['Modules and providers', /^(modules\/|shared\/(module|provider|token|types)|decorators\/(module|injectable))/],
  ['Routes and parameters', /^(decorators\/(routes|parameters)|shared\/version-neutral|contracts\/standard-schema)/],
  [
    'Guards, interceptors, pipes and filters',
    /^(contracts\/(pipeline|app-tokens)|decorators\/(?!consumers)|pipeline\/|logging\/access-log\/\S+interceptor)/,
  ],
  ['Validation', /^validation\//],
  ['Requests and responses', /^http\//],
  ['Errors', /^errors\//],
  ['Events', /^(events|metadata|decorators\/consumers|application\/records|shared\/(event-types|schedule))/],
  ['Logging', /^(logging|contracts\/logger)/],
  ['Deployment', /^deployment\//],
];

/** The kinds of names of the other entries, by their declarations. */
const KINDS = [
  ['Decorators', /^function [\s\S]*\): (\w*Decorator|\w+Decorator & \w+Decorator)\b/],
  ['Errors', /^(?:abstract )?class \w+(Error|Exception)\b/],
  ['Classes', /^(?:abstract )?class /],
  ['Functions', /^function /],
  ['Constants', /^const /],
  ['Types', /^(?:interface|type) /],
];

/**
 * @param {import('./declarations.mjs').Exported[]} names Of an entry.
 * @param {string} subpath Of the entry, `.` for `lambent`.
 * @param {string} source The file of the entry in `src/`.
 * @returns {[title: string, names: import('./declarations.mjs').Exported[]][]}
 */
export function groupsOf(names, subpath, source) {
  const sources = subpath === '.' ? sourcesOf(source) : undefined;
  const rules = sources ? SUBJECTS : KINDS;
  const groups = new Map(rules.map(([title]) => [title, []]));
  for (const exported of names) {
    const text = sources ? sources.get(exported.name) : exported.declaration;
    const rule = rules.find(([, pattern]) => pattern.test(text));
    if (!rule)
      throw new Error(`${exported.name} is in no group of scripts/reference/groups.mjs (${text.slice(0, 80)})`);
    groups.get(rule[0]).push(exported);
  }
  return [...groups].filter(([, members]) => members.length > 0);
}

/** Returns the file that each name of an entry comes from. */
function sourcesOf(file) {
  const statements = readFileSync(file, 'utf8').matchAll(/export (?:type )?\{([^}]*)\} from '\.\/([^']+)'/g);
  const pairs = Array.from(statements, ([, list, source]) =>
    list
      .split(',')
      .map((part) => /(\w+)\s*$/.exec(part)?.[1])
      .filter(Boolean)
      .map((name) => [name, source]),
  );
  return new Map(pairs.flat());
}
