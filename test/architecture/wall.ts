import type { SourceFile, SourceImport } from './source-file.js';

/** What is done once: reading metadata, checking it, planning and generating code. */
const PLANNING: readonly RegExp[] = [
  /(?:^|\/)plan\//,
  /^router\/(?:plan-pattern|parse-pattern)\.ts$/,
  /^validation\/(?:compiled|dto|transformer)\//,
  /^metadata\/(?:merged-metadata|reflection|mistakes|nestjs-decorators|declared-types)\.ts$/,
];
const LIBRARIES = /^(?:tsyringe|class-validator|class-transformer|reflect-metadata)(?:\/|$)/;

/** The only ways from running to planning, each with its reason. */
const GATES: ReadonlySet<string> = new Set([
  // The planner of the process, in whose place `lambent build` puts a plan.
  'application/bootstrap.ts -> application/planner.ts',
  'application/lambda-application.ts -> application/planner.ts',
  // What factories make as enhancers is checked when it is made.
  'application/event-dispatcher.ts -> modules/plan/check-enhancers.ts',
  // Lazy modules are planned when they are loaded.
  'application/http/create-http-dispatcher.ts -> application/http/lazy-routes.ts',
]);

/**
 * Returns how what runs for each event reaches what is done once, as in `a.ts -> b.ts -> plan/c.ts`; an empty list
 * while the wall holds.
 *
 * @param start The file where an event comes in.
 */
export function waysThroughWall(files: readonly SourceFile[], start: string): string[] {
  const tree = new Map(files.map((file) => [file.path, file]));
  const ways: string[] = [];
  const reached = new Map<string, readonly string[]>([[start, [start]]]);
  for (const [path, way] of reached) {
    for (const imported of tree.get(path)?.imports ?? []) {
      const target = imported.target ?? imported.specifier;
      if (GATES.has(`${path} -> ${target}`)) continue;
      if (isPlanning(imported)) ways.push([...way, target].join(' -> '));
      else if (imported.kind !== 'type' && tree.has(target) && !reached.has(target))
        reached.set(target, [...way, target]);
    }
  }
  return ways;
}

function isPlanning({ target, specifier }: SourceImport): boolean {
  return target === undefined ? LIBRARIES.test(specifier) : PLANNING.some((side) => side.test(target));
}
