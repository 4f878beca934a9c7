import { type CheckedProject, type Finding, withoutComments } from './checked-project.js';
import { satisfies } from './version-range.js';

const NO_TYPES = 'It removes the types of decorated classes: nothing is injected, converted or validated.';

/** Checks tools that compile, test or rewrite sources. */
export function checkTools(project: CheckedProject): readonly Finding[] {
  return [
    ...scriptFindings(project),
    ...buildMethodFindings(project),
    ...swcFindings(project),
    ...vitestFindings(project),
    ...linterFindings(project),
  ];
}

function scriptFindings({ manifest }: CheckedProject): Finding[] {
  return Object.entries(manifest.scripts ?? {}).flatMap(([name, script]): Finding[] => {
    const tool = /(?:^|[\s;&|])(tsx|esbuild|--experimental-strip-types|--import[= ]tsx)(?=\s|$)/.exec(script)?.[1];
    // esbuild may bundle what tsc has compiled.
    if (!tool || (tool === 'esbuild' && !/\.tsx?\b/.test(script))) return [];
    const change = `Use "lambent dev", "lambent build", or tsc and node, in the script "${name}".`;
    return [{ level: 'error', what: `The script "${name}" runs sources with ${tool}.`, why: NO_TYPES, change }];
  });
}

function buildMethodFindings(project: CheckedProject): Finding[] {
  return ['template.yaml', 'template.yml'].flatMap((path): Finding[] => {
    if (!/\bBuildMethod: *["']?esbuild/.test(withoutComments(project.read(path) ?? ''))) return [];
    const change = 'Remove "BuildMethod: esbuild", and let CodeUri be the folder that "lambent build" writes.';
    return [{ level: 'error', what: `${path} compiles with esbuild.`, why: NO_TYPES, change }];
  });
}

function swcFindings(project: CheckedProject): Finding[] {
  const file = project.firstOf(['.swcrc', 'jest.config.js', 'jest.config.cjs', 'jest.config.mjs', 'jest.config.ts']);
  if (!file || (file.path !== '.swcrc' && !file.text.includes('@swc/jest'))) return [];
  const missing = ['legacyDecorator', 'decoratorMetadata'].filter((name) => !isOn(file.text, name));
  return missing.map((name) => ({
    level: 'error',
    what: `${file.path} does not set "${name}" for swc.`,
    why: NO_TYPES,
    change: `Add "${name}": true to jsc.transform in ${file.path}.`,
  }));
}

function isOn(text: string, name: string): boolean {
  const after = text.split(name).slice(1);
  return after.some((rest) => /^["']?\s*:\s*true\b/.test(rest));
}

function vitestFindings(project: CheckedProject): Finding[] {
  const vitest = project.installed('vitest');
  if (!vitest) return [];
  const config = project.firstOf(
    ['vitest.config', 'vite.config'].flatMap((name) => ['ts', 'mts', 'js', 'mjs'].map((end) => `${name}.${end}`)),
  );
  // pnpm installs Vite beside Vitest, out of the project's sight.
  const vite = project.installed('vite', vitest.folder)?.manifest.version ?? '0';
  if (config?.text.includes('swc') || satisfies(vite, '>=8')) return [];
  const change = 'npm install --save-dev vitest@4 vite@8, or add the plugin unplugin-swc to the configuration.';
  return [{ level: 'error', what: `Vitest compiles with esbuild, in Vite ${vite}.`, why: NO_TYPES, change }];
}

/** A linter with a rule that changes imports of classes to type imports. */
interface Linter {
  readonly name: string;
  readonly files: readonly string[];
  readonly rule: string;
  /** Whether the rule is on unless the configuration turns it off. */
  readonly onByDefault?: boolean;
  /** The configuration that lets the rule see decorators, so that it leaves their classes alone. */
  readonly seesDecorators?: RegExp;
  change(path: string): string;
}

const LINTERS: readonly Linter[] = [
  {
    name: 'Biome',
    files: ['biome.json', 'biome.jsonc'],
    rule: 'useImportType',
    onByDefault: true,
    change: (path) => `Set linter.rules.style.useImportType to "off" in ${path}.`,
  },
  {
    name: 'oxlint',
    files: ['.oxlintrc.json'],
    rule: 'consistent-type-imports',
    change: (path) => `Set "typescript/consistent-type-imports" to "off" in ${path}.`,
  },
  {
    name: 'ESLint',
    files: ['js', 'mjs', 'cjs', 'ts'].map((end) => `eslint.config.${end}`),
    rule: 'consistent-type-imports',
    seesDecorators: /\bprojectService\b|emitDecoratorMetadata/,
    change: (path) => `Set parserOptions.projectService to true in ${path}, or turn the rule off.`,
  },
];

const TYPE_IMPORTS =
  'It changes imports of injected and validated classes to "import type", so that their types are lost.';

function linterFindings(project: CheckedProject): Finding[] {
  return LINTERS.flatMap((linter): Finding[] => {
    const config = project.firstOf(linter.files);
    if (!config || !isRuleOn(config.text, linter) || linter.seesDecorators?.test(config.text)) return [];
    const what = `${linter.name}'s rule ${linter.rule} is on.`;
    return [{ level: 'warning', what, why: TYPE_IMPORTS, change: linter.change(config.path) }];
  });
}

/** Whether a configuration turns a rule on: `"rule": "error"`, `["error", …]`, or `{ "level": "error" }`. */
function isRuleOn(text: string, { rule, onByDefault = false }: Linter): boolean {
  const [, after] = text.split(rule);
  if (after === undefined) return onByDefault;
  const [value = ''] = after.split(/[,\]}]/, 1);
  return !/\boff\b|: *0/.test(value);
}
