import { isRecord } from '../../../events/is-record.js';

const LEVELS: Readonly<Record<string, string>> = { warn: 'warning', fatal: 'critical' };

/** A line of a structured log. */
export interface LogLine {
  /** As Lambent names it, whatever the line does. */
  readonly level: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** @returns `undefined` for what is not JSON, and for JSON that is no log line: it has no level. */
export function parseLogLine(text: string): LogLine | undefined {
  const fields = text.startsWith('{') ? parsed(text) : undefined;
  if (!isRecord(fields) || typeof fields['level'] !== 'string') return undefined;
  const level = fields['level'].toLowerCase();
  return { level: LEVELS[level] ?? level, fields };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
