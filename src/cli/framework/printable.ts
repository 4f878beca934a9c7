import { escapeControls, escaped } from '../../shared/control-characters.js';

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
