/** Decodes with `decode`, and leaves the text as it is where its percent-encoding is malformed. */
export function decodeWhereValid(text: string, decode: (text: string) => string = decodeURIComponent): string {
  try {
    return decode(text);
  } catch {
    return text;
  }
}

/** Decodes a path as HTTP APIs do: each run of escapes for itself, so that a bare `%` stays where it is. */
export function decodePath(path: string): string {
  return path.replace(/(?:%[\da-f]{2})+/gi, (run) => decodeWhereValid(run));
}
