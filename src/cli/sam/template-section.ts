import { cacheAdvice } from '../../deployment/authorizer-cache.js';
import { demandsOf } from '../../deployment/demand.js';
import type { Workplace } from '../command.js';
import { describeProject, type RootValues } from '../describe/describe-project.js';
import { type SamEvents, samEvents } from './sam-events.js';
import type { MarkedPart, SamTemplate } from './sam-template.js';
import { yaml } from './yaml.js';

/** What the consumers of an application need of a template, as one part of it has to have it. */
export async function eventsOf(template: SamTemplate, part: MarkedPart | undefined, root: RootValues, workplace: Workplace): Promise<SamEvents> {
  const { consumers, requestsVia } = await describeProject(root, workplace);
  const { events, notes } = samEvents(demandsOf(consumers, requestsVia), template, part?.ownEvents ?? new Set());
  const advice = cacheAdvice(consumers, 'ReauthorizeEvery: 0 of the authorizer');
  return { events, notes: advice ? [...notes, advice.text] : notes };
}

/** The members of `Events`, and what is to be said of them. */
export function sectionOf({ events, notes }: SamEvents, lacking: readonly string[] = []): string {
  const members = Object.fromEntries(events.map(({ name, type, properties }) => [name, { Type: type, Properties: properties }]));
  return yaml(members) + [...notes, ...lacking.map((what) => `Needs ${what}`)].map((note) => `# ${note}\n`).join('');
}
