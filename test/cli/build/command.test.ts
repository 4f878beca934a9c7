import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildTargets } from '../../../src/cli/build/build-targets.js';
import { codeCacheOptions } from '../../../src/cli/build/code-cache-options.js';
import { buildOptions } from '../../../src/cli/build/command.js';
import { Workshop } from '../workshop.js';

const FILES = { 'src/handler.ts': '', 'src/api.ts': '', 'src/jobs.ts': '', 'tools/jobs.ts': '' };

let workshop: Workshop;

function project(functions?: Readonly<Record<string, string>>): Workshop {
  workshop = new Workshop({ 'package.json': JSON.stringify({ lambent: { functions } }), ...FILES });
  return workshop;
}

afterEach(() => rmSync(workshop.folder, { recursive: true }));

/** What is bundled, and into which folder, both from the project's. */
function targets(names: readonly string[] = [], out?: string, from = '.'): Record<string, string> {
  const root = workshop.folder;
  const found = buildTargets({ root, cwd: join(root, from), names, out });
  return Object.fromEntries(
    found.map(({ source, outDir }) => [source.slice(root.length + 1), outDir.slice(root.length + 1)]),
  );
}

describe('lambent build', () => {
  const two = { api: 'src/api.ts', jobs: 'src/jobs.ts' };

  test('a function that is alone in its project has the folder for itself', () => {
    project();
    expect(targets()).toEqual({ 'src/handler.ts': 'bundle' });
    expect(targets(['handler'], 'out')).toEqual({ 'src/handler.ts': 'out' });
  });

  test('several have a folder each, which is the same when one of them is built', () => {
    project(two);
    expect(targets()).toEqual({ 'src/api.ts': join('bundle', 'api'), 'src/jobs.ts': join('bundle', 'jobs') });
    expect(targets(['jobs'])).toEqual({ 'src/jobs.ts': join('bundle', 'jobs') });
    expect(targets(['api'], 'out')).toEqual({ 'src/api.ts': join('out', 'api') });
  });

  test('files, and the folder, are told from where the command is called', () => {
    project(two);
    expect(targets(['./jobs.ts'], '../out', 'tools')).toEqual({ 'tools/jobs.ts': 'out' });
    expect(targets(['src/api.ts', 'tools/jobs.ts'], 'out')).toEqual({
      'src/api.ts': join('out', 'api'),
      'tools/jobs.ts': join('out', 'jobs'),
    });
  });

  test('a file that is a function goes where the function does, any other into a folder of its own', () => {
    project(two);
    expect(targets(['src/api.ts', 'src/handler.ts'])).toEqual({
      'src/api.ts': join('bundle', 'api'),
      'src/handler.ts': join('bundle', 'handler'),
    });
    project();
    expect(targets(['src/handler.ts'])).toEqual({ 'src/handler.ts': 'bundle' });
    expect(targets(['tools/jobs.ts'])).toEqual({ 'tools/jobs.ts': join('bundle', 'jobs') });
  });

  test('a file needs no function beside it', () => {
    project();
    rmSync(join(workshop.folder, 'src/handler.ts'));
    expect(targets(['tools/jobs.ts'])).toEqual({ 'tools/jobs.ts': join('bundle', 'jobs') });
  });

  test.each([
    ['build job', 'Unknown function "job". The project has api, jobs. Did you mean jobs?'],
    ['build toString', 'Unknown function "toString"'],
    ['build src/nowhere.ts', /nowhere\.ts is not a file\./],
    ['build ./src', /src is not a file\./],
    ['build src/jobs.ts tools/jobs.ts', 'Two of the files have the same name'],
    [
      'build src/api.ts tools/jobs.ts',
      /tools.jobs\.ts has the same name as the function "jobs", which has another source\. Pass a folder with --out\./,
    ],
    ['build api src/jobs.ts', 'Unknown function "src/jobs.ts"'],
  ])("lambent %s can't be done", async (commandLine, message) => {
    const { exitCode, complained } = await project(two).call(commandLine);
    expect(exitCode).toBe(1);
    expect(complained).toMatch(message);
  });

  test.each([
    ['build --format umd', '--format must be esm or cjs, not "umd".'],
    ['build --sourcemaps false', '--sourcemaps must be outside, inside or none, not "false".'],
    ['build --sourcemaps toString', '--sourcemaps must be outside, inside or none, not "toString".'],
    ['build --budget much', '--budget must be a number of kB greater than 0, not "much".'],
    ['build --budget 0', '--budget must be a number of kB greater than 0, not "0".'],
    ['build --code-cache-flags --expose-gc --budget 5', "Option '--code-cache-flags' argument is ambiguous"],
    ['build --code-cache-flags=--expose-gc', '--code-cache-flags needs --code-cache.'],
    ['build --minify', "Unknown option '--minify'. Did you mean --no-minify?"],
  ])('lambent %s is rejected', async (commandLine, message) => {
    const { exitCode, complained } = await project().call(commandLine);
    expect(exitCode).toBe(2);
    expect(complained).toContain(message);
  });

  test('files of sample events are for one function', async () => {
    const { exitCode, complained } = await project(two).call('build --code-cache order.json');
    expect(exitCode).toBe(2);
    expect(complained).toContain(
      '--code-cache takes the sample events of one function. Name it: api, jobs. ' +
        'Or pass a folder with a folder of events for each.',
    );
  });

  test('the files of sample events are told from where the command is called', () => {
    project();
    expect(codeCacheOptions({}, '/app', ['api', 'jobs'])).toEqual([{}, {}]);
    expect(codeCacheOptions({ 'code-cache': 'a.json, ../b.json' }, '/app', ['api'])).toEqual([
      { codeCache: { events: [resolve('/app/a.json'), resolve('/b.json')] } },
    ]);
    const flags = '--expose-gc  --max-old-space-size=460 ';
    expect(codeCacheOptions({ 'code-cache': '/a.json', 'code-cache-flags': flags }, '/app', ['api'])).toEqual([
      { codeCache: { events: [resolve('/a.json')], flags: ['--expose-gc', '--max-old-space-size=460'] } },
    ]);
  });

  test('a folder has a folder of sample events for each function', async () => {
    const { folder } = project(two);
    for (const file of ['api/b.json', 'api/a.json', 'api/notes.txt', 'other/c.json'])
      workshop.write(`events/${file}`, '{}');
    const api = { codeCache: { events: ['a', 'b'].map((name) => join(folder, `events/api/${name}.json`)) } };
    expect(codeCacheOptions({ 'code-cache': 'events' }, folder, ['api'])).toEqual([api]);
    const { exitCode, complained } = await workshop.call('build --code-cache events');
    expect(exitCode).toBe(2);
    expect(complained).toMatch(/no sample events of the function "jobs"\. Put JSON files into \S+events\/jobs\./);
    workshop.write('events/jobs/d.json', '{}');
    const jobs = { codeCache: { events: [join(folder, 'events/jobs/d.json')] } };
    expect(codeCacheOptions({ 'code-cache': 'events' }, folder, ['api', 'jobs'])).toEqual([api, jobs]);
  });

  test('flags are the options of build()', () => {
    project();
    expect(buildOptions({})).toEqual({
      format: 'esm',
      minify: true,
      sourcemaps: 'outside',
      runtimeSdk: false,
      external: [],
      plan: true,
      explain: false,
      verbose: false,
    });
    expect(
      buildOptions({
        format: 'cjs',
        'no-minify': true,
        sourcemaps: 'none',
        'runtime-sdk': true,
        external: 'sharp, pg,',
        'no-plan': true,
        explain: true,
        verbose: true,
        budget: '700.5',
      }),
    ).toEqual({
      format: 'cjs',
      minify: false,
      sourcemaps: false,
      runtimeSdk: true,
      external: ['sharp', 'pg'],
      plan: false,
      explain: true,
      verbose: true,
      budget: 700.5,
    });
  });
});
