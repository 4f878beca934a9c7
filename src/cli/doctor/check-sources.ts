import { join, relative } from 'node:path';
import { importsIn } from '../files/import-statements.js';
import { isFile } from '../files/paths.js';
import { functionSetting } from '../project/package-json.js';
import type { CheckedProject, Finding } from './checked-project.js';
import { type Evaluated, evaluationOf } from './evaluation-order.js';
import { typeOnlyParameters } from './type-only-parameters.js';

/** Checks the sources that each function loads. */
export async function checkSources(project: CheckedProject): Promise<readonly Finding[]> {
  const functions = Object.entries(project.functions);
  const present = functions.filter(([, source]) => isFile(join(project.root, source)));
  const evaluations = present.map(([, source]) => evaluationOf(join(project.root, source)));
  const sources = new Map(evaluations.flat().map((each) => [each.name, each]));
  const lost = await Promise.all(Array.from(sources.values(), (source) => typeImportFindings(project, source)));
  return [
    ...functions.filter((each) => !present.includes(each)).map(([name, source]) => absent(name, source)),
    ...present.flatMap(([, source]) => exportFindings(project, source)),
    ...evaluations.flatMap((evaluation) => orderFindings(project, evaluation)),
    ...lost.flat(),
    ...Array.from(sources.values()).flatMap((source) => serverTypeFindings(project, source)),
  ];
}

function absent(name: string, source: string): Finding {
  const why = 'It should export the handler that Lambda calls.';
  const change = `Create it, or name the file in package.json: ${functionSetting(name)}.`;
  return { level: 'error', what: `${source}, the source of the function "${name}", does not exist.`, why, change };
}

function exportFindings(project: CheckedProject, source: string): Finding[] {
  const exported = (project.read(source) ?? '').split(/^export\b/m).slice(1);
  if (exported.some((text) => /\bhandler\b|\bdefault\b|^ \* from\b/.test(text.split(/[;=]/, 1)[0]!))) return [];
  return [
    {
      level: 'error',
      what: `${source} does not export "handler".`,
      why: 'Lambda reports Runtime.HandlerNotFound.',
      change: 'Write: export const { handler } = await LambdaApplication.create(AppModule).ready();',
    },
  ];
}

/** Matches packages that load reflect-metadata, which decorators of a class write types with. */
const LOADS_METADATA = /^(?:reflect-metadata|lambent|tsyringe)(?:\/|$)/;

function orderFindings(project: CheckedProject, evaluation: readonly Evaluated[]): Finding[] {
  const loaded = evaluation.findIndex(({ kind, name }) => kind === 'package' && LOADS_METADATA.test(name));
  const before = evaluation.slice(0, loaded === -1 ? undefined : loaded);
  const early = before.find(({ kind, text }) => kind === 'source' && hasDecorators(text));
  if (!early) return [];
  const first = relative(project.root, evaluation.at(-1)!.name);
  return [
    {
      level: 'error',
      what: `${relative(project.root, early.name)} is evaluated before reflect-metadata.`,
      why: 'The types of its classes are not recorded, so they are neither injected nor validated.',
      change: `Make this the first line of ${first}: import 'reflect-metadata';`,
    },
  ];
}

function hasDecorators(text: string): boolean {
  return text.split('\n').some((line) => /^@\w+\(/.test(line.trimStart()));
}

async function typeImportFindings(project: CheckedProject, { kind, name, text }: Evaluated): Promise<Finding[]> {
  if (kind === 'package') return [];
  const parameters = await typeOnlyParameters(name, text);
  return parameters.map(({ type, of }) => ({
    level: 'error',
    what: `${relative(project.root, name)} imports ${type} with "import type", and ${of} has a parameter of that type.`,
    why: 'A type import is removed, so the compiler emits Function or Object as the type of the parameter.',
    change: `Import ${type} without "type".`,
  }));
}

/** Finds the types that code from NestJS gives to `@Req()`, `@Res()` and `getRequest()`. */
function serverTypeFindings(project: CheckedProject, { name, text }: Evaluated): Finding[] {
  const imports = importsIn(text);
  if (!imports.some(({ from }) => from === 'lambent')) return [];
  return imports.flatMap(({ clause, from }): Finding[] => {
    const types = clause.match(/\b(?:Fastify)?(?:Request|Response|Reply)\b/g);
    if (!types || (from !== 'express' && from !== 'fastify')) return [];
    const what = `${relative(project.root, name)} imports ${types.join(' and ')} from ${from}.`;
    const why =
      "Lambent's request and response are other objects, and the compiler does not see it: " +
      'req.body is a method, and there is no res.status() and no res.json().';
    const change = "Import Request and Response from 'lambent', and correct what the compiler then reports.";
    return [{ level: 'warning', what, why, change }];
  });
}
