// oxlint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u0008\u000A-\u001F\u007F-\u009F\u200E\u200F\u2028-\u202E\u2066-\u2069]/g;
const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r' };

/**
 * Text on one line, with escapes in the place of control characters, but for tabs: what a terminal takes for orders, for the
 * end of a line or for another direction of what follows must not come from whoever sent a request.
 */
export function printable(text: string): string {
  return text.replaceAll(CONTROLS, (control) => SHORT[control] ?? `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
