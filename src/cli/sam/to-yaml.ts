/** Text that YAML 1.1 and 1.2 read as a string without quotes. Some parsers read `E0` as a number. */
const PLAIN = /^(?!(?:true|false|yes|no|on|off|null|y|n)$)(?!e[-_]*\d)[a-z_$][\w./*$-]*$/i;

/** A longer list has a line for each item. The indentation of the template comes on top. */
const LIST_WIDTH = 80;

/**
 * Formats an object as YAML blocks, indented by two spaces per level, with CloudFormation functions in their short
 * form. Short lists are written inline. Quotes and lists are as oxfmt writes them in a new project.
 */
export function toYaml(value: Readonly<Record<string, unknown>>, indent = ''): string {
  return Object.entries(value)
    .map(([key, member]) => {
      const start = `${indent}${scalar(key)}:`;
      if (isBlock(member)) return `${start}\n${toYaml(member, `${indent}  `)}`;
      const line = `${start} ${inline(member)}`;
      if (!Array.isArray(member) || member.length === 0 || line.length <= LIST_WIDTH) return `${line}\n`;
      return `${start}\n${member.map((item) => `${indent}  - ${listItem(item, indent)}\n`).join('')}`;
    })
    .join('');
}

function listItem(item: unknown, indent: string): string {
  return isBlock(item) ? toYaml(item, `${indent}    `).trim() : inline(item);
}

function isBlock(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.keys(value).length > 0 && shortForm(value) === undefined;
}

function shortForm(value: object): string | undefined {
  const [[name, argument] = [], ...others] = Object.entries(value) as [string, unknown][];
  if (name === undefined || others.length > 0 || typeof argument !== 'string') return undefined;
  return name === 'Ref' || name.startsWith('Fn::') ? `!${name.replace('Fn::', '')} ${scalar(argument)}` : undefined;
}

function inline(value: unknown): string {
  if (typeof value === 'string') return scalar(value);
  if (typeof value !== 'object' || value === null) return String(value);
  if (Object.keys(value).length === 0) return Array.isArray(value) ? '[]' : '{}';
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  return (
    shortForm(value) ??
    `{ ${Object.entries(value)
      .map(([key, member]) => `${scalar(key)}: ${inline(member)}`)
      .join(', ')} }`
  );
}

/** Text that YAML can write in single quotes: no line breaks, control characters or halves of pairs. */
const PRINTABLE = /^[\x20-\x7E\u00A1-\u1FFF\u3000-\uD7FF\u{1F000}-\u{1FAFF}]*$/u;

function scalar(text: string): string {
  if (PLAIN.test(text)) return text;
  const [single, double] = [`'${text.replaceAll("'", "''")}'`, JSON.stringify(text)];
  const isDouble = text.split("'").length > text.split('"').length;
  return isDouble || !PRINTABLE.test(text) ? double : single;
}
