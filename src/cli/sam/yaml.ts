/** What YAML, old or new, takes for text wherever it stands; some read `E0` as a number. */
const PLAIN = /^(?!(?:true|false|yes|no|on|off|null|y|n)$)(?!e[-_]*\d)[a-z_$][\w./*$-]*$/i;

/**
 * Objects as blocks of YAML, a line a member and two spaces a level; lists are written in their line. Functions of CloudFormation have their
 * short form.
 */
export function yaml(value: Readonly<Record<string, unknown>>, indent = ''): string {
  return Object.entries(value)
    .map(([key, member]) => (isBlock(member) ? `${indent}${scalar(key)}:\n${yaml(member, `${indent}  `)}` : `${indent}${scalar(key)}: ${inline(member)}\n`))
    .join('');
}

function isBlock(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && shortForm(value) === undefined;
}

function shortForm(value: object): string | undefined {
  const [[name, argument] = [], ...others] = Object.entries(value) as [string, unknown][];
  if (name === undefined || others.length > 0 || typeof argument !== 'string') return undefined;
  return name === 'Ref' || name.startsWith('Fn::') ? `!${name.replace('Fn::', '')} ${scalar(argument)}` : undefined;
}

function inline(value: unknown): string {
  if (typeof value === 'string') return scalar(value);
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  return shortForm(value) ?? `{ ${Object.entries(value).map(([key, member]) => `${scalar(key)}: ${inline(member)}`).join(', ')} }`;
}

function scalar(text: string): string {
  return PLAIN.test(text) ? text : JSON.stringify(text);
}
