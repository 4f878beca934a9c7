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
