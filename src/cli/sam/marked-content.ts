import { resolve } from 'node:path';
import type { ApplicationDescription } from '../../contracts/application-description.js';
import { cacheAdvice } from '../../deployment/authorizer-cache.js';
import { subscriptionsOf } from '../../deployment/subscription.js';
import type { CommandContext } from '../framework/command.js';
import { describeProject, type RootValues } from '../project/describe-project.js';
import { projectFolder } from '../project/package-json.js';
import type { MarkedPart, PartKind } from './marks.js';
import { samResources } from './missing-resources.js';
import { samEvents } from './sam-events.js';
import { type SamStatement, samStatements, samVariables, unknownResources } from './sam-grants.js';
import type { SamTemplate } from './sam-template.js';
import { toYaml } from './to-yaml.js';

/** The content between two marks. */
export interface Section {
  /** YAML, with notes as comments. */
  readonly text: string;
  /** The parts that it needs and the template does not have, one phrase each. */
  readonly missing: readonly string[];
  /** One sentence each, for the user. */
  readonly notes: readonly string[];
  /** The names of its events or variables, or the actions that its policies allow. */
  readonly names: readonly string[];
  /** Whether there is nothing but notes. */
  readonly isEmpty: boolean;
}

/** The parts that a template has no marks for, one sentence each, for the user. */
export interface Unmarked {
  /** The parts without which the application does not run. */
  readonly missing: readonly string[];
  readonly notes: readonly string[];
}

/** The subject of a section. */
interface SectionQuery extends Pick<MarkedPart, 'kind'> {
  /** The root module. */
  readonly module?: string | undefined;
  /** Events or variables that are up to the user. */
  readonly ownNames?: ReadonlySet<string> | undefined;
}

/** Describes the applications of a template, each once. */
export class Sections {
  readonly #descriptions = new Map<string | undefined, Promise<ApplicationDescription>>();

  constructor(
    private readonly template: SamTemplate,
    private readonly values: RootValues,
    private readonly context: CommandContext,
  ) {}

  async of({ kind, module, ownNames = new Set<string>() }: SectionQuery): Promise<Section> {
    return WRITERS[kind](await this.#describe(module), this.template, ownNames);
  }

  /** Returns the resources that the default application uses and the template lacks, as YAML. */
  async resources(): Promise<string> {
    const description = await this.#describe(undefined);
    const { consumers, requestsVia } = description;
    return toYaml(samResources(description, subscriptionsOf(consumers, requestsVia), this.template));
  }

  /** Tells what the application needs and the template has no marks for. */
  async withoutMarks(): Promise<Unmarked> {
    const { parts } = this.template;
    const [missing, notes] = [new Set<string>(), new Set<string>()];
    for (const { module, ownVariables, hasRole } of parts.filter(({ kind }) => kind === 'events'))
      for (const kind of ['policies', 'variables'] as const) {
        if (parts.some((other) => other.kind === kind && other.module === module)) continue;
        if (kind === 'policies' && hasRole) continue;
        const needed = await this.of({ kind, module, ownNames: ownVariables });
        if (!needed.isEmpty) missing.add(adviceOn(kind, module, needed.names));
        needed.notes.forEach((note) => notes.add(note));
      }
    return { missing: [...missing], notes: [...notes] };
  }

  #describe(module: string | undefined): Promise<ApplicationDescription> {
    const { values, context } = this;
    const root = module === undefined ? {} : { module: resolve(projectFolder(context.cwd), module) };
    const known = this.#descriptions.get(module) ?? describeProject({ ...values, ...root }, context);
    this.#descriptions.set(module, known);
    return known;
  }
}

/** The places of marks, and what to do without them. */
const ADVICE = {
  policies: { place: '"Policies:"', instead: 'name its role in "Role:" and grant the rights there' },
  variables: { place: '"Variables:" of "Environment:"', instead: 'set them yourself' },
};

function adviceOn(kind: 'policies' | 'variables', module: string | undefined, names: readonly string[]): string {
  const mark = module === undefined ? `# lambent:${kind}` : `# lambent:${kind} ${module}`;
  const { place, instead } = ADVICE[kind];
  return (
    `The template has no marks for the ${kind} that the application needs: ${names.join(', ')}. Add the lines ` +
    `"${mark}" and "# lambent:end" below ${place} of the function to have them written, or ${instead}.`
  );
}

type SectionWriter = (
  description: ApplicationDescription,
  template: SamTemplate,
  ownNames: ReadonlySet<string>,
) => Section;

const WRITERS: Readonly<Record<PartKind, SectionWriter>> = {
  events({ consumers, requestsVia }, template, ownNames) {
    const { events, missing, notes } = samEvents(subscriptionsOf(consumers, requestsVia), template, ownNames);
    const members = events.map(({ name, type, properties }) => [name, { Type: type, Properties: properties }]);
    const advice = cacheAdvice(consumers, 'ReauthorizeEvery: 0 of the authorizer');
    return { ...named(Object.fromEntries(members), advice ? [...notes, advice.text] : notes), missing };
  },
  policies(description, template) {
    const statements = samStatements(description, template);
    const policy = statements.length === 0 ? '' : policyItem(statements);
    const actions = new Set(statements.flatMap(({ Action }) => Action));
    return section(policy, [...actions], unknownResources(description, template));
  },
  variables(description, template, ownNames) {
    const variables = Object.entries(samVariables(description, template)).filter(([name]) => !ownNames.has(name));
    return named(Object.fromEntries(variables));
  },
};

function named(members: Readonly<Record<string, unknown>>, notes: readonly string[] = []): Section {
  return section(toYaml(members), Object.keys(members), notes);
}

function section(yaml: string, names: readonly string[], notes: readonly string[]): Section {
  return { text: yaml + comments(notes), missing: [], names, notes, isEmpty: yaml === '' };
}

/** Formats a policy as an item of a list. */
function policyItem(statements: readonly SamStatement[]): string {
  const items = statements.map((one) => `    - ${toYaml(one).trimEnd().replaceAll('\n', '\n      ')}\n`);
  return `- ${toYaml({ Version: '2012-10-17' })}  Statement:\n${items.join('')}`;
}

/** Formats notes as comments of a template. */
export function comments(notes: readonly string[]): string {
  return notes.map((note) => `# ${note}\n`).join('');
}
