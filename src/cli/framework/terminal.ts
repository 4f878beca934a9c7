/** Where a command prints: results with `log`, what went wrong with `error`. */
export type Terminal = Pick<Console, 'log' | 'error'>;

/** Whether to write in colours: on a terminal, unless https://no-color.org or `FORCE_COLOR` says otherwise. */
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

/** Puts text in a style, or leaves it as it is. */
export type Paint = (style: Style, text: string) => string;

/** @param colored `false` where nobody would see colours. */
export function paint(colored: boolean): Paint {
  if (!colored) return (_style, text) => text;
  return (style, text) => `\u001B[${STYLES[style][0]}m${text}\u001B[${STYLES[style][1]}m`;
}

// oxlint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u0008\u000A-\u001F\u007F-\u009F\u200E\u200F\u2028-\u202E\u2066-\u2069]/g;
const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r' };

/**
 * Text on one line, with escapes in the place of control characters, but for tabs: what a terminal takes for orders,
 * for the end of a line or for another direction of what follows must not come from whoever sent a request.
 */
export function printable(text: string): string {
  return text.replaceAll(
    CONTROLS,
    (control) => SHORT[control] ?? `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
