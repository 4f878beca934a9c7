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
