import { table } from '../shared/table.js';

/** What the help of a command is made of. */
export interface HelpContent {
  readonly name: string;
  readonly about: string;
  readonly takes: readonly string[];
  readonly flags: Readonly<Record<string, HelpFlag>>;
  readonly examples: readonly (readonly [commandLine: string, does: string])[];
}

interface HelpFlag {
  readonly short?: string;
  readonly value?: string;
  readonly about: string;
}

export function commandHelp({ name, about, takes, flags, examples }: HelpContent): string {
  const flagRows = Object.entries(flags).map(([flag, definition]) => [flagForm(flag, definition), definition.about]);
  const exampleRows = examples.map(([line, does]) => [`lambent ${line}`, does]);
  return [
    about,
    `Usage: ${['lambent', name, ...takes, '[flags]'].join(' ')}`,
    `Flags:\n${table(flagRows, '  ')}`,
    `Examples:\n${table(exampleRows, '  ')}`,
  ].join('\n\n');
}

function flagForm(flag: string, { short, value }: HelpFlag): string {
  return `${short === undefined ? '' : `-${short}, `}--${flag}${value === undefined ? '' : ` <${value}>`}`;
}
