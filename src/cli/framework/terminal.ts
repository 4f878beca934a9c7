import { escapeControls, escaped } from '../../shared/control-characters.js';

/** Whether to print in colour: on a terminal, unless `NO_COLOR` (https://no-color.org) or `FORCE_COLOR` decides. */
export function wantsColors(isTerminal: boolean | undefined, { FORCE_COLOR, NO_COLOR }: NodeJS.ProcessEnv): boolean {
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return isTerminal === true && (NO_COLOR ?? '') === '';
}

const STYLES = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
} as const;

export type Style = keyof typeof STYLES;

/** Wraps text in the ANSI codes of a style. */
export type Paint = (style: Style, text: string) => string;

/** @param colored `false` makes a painter that returns text unchanged. */
export function paint(colored: boolean): Paint {
  if (!colored) return (_style, text) => text;
  return (style, text) => `\u001B[${STYLES[style][0]}m${text}\u001B[${STYLES[style][1]}m`;
}

// oxlint-disable-next-line no-control-regex
const C0_CONTROLS = /[\u0000-\u0008\u000A-\u001F]/g;
const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r' };

/**
 * Escapes every control character except tabs, so that the text stays on one line. Whoever sends a request must not be
 * able to control the terminal, end a line or change the text direction.
 */
export function printable(text: string): string {
  return escapeControls(text).replaceAll(C0_CONTROLS, (control) => SHORT[control] ?? escaped(control));
}
