const DIGITS = new Map([...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'].map((digit, value) => [digit, value]));

/**
 * How many characters of a file each of its sources makes, by the position of the source in the map's `sources`; what
 * has no source is under -1.
 *
 * @param mappings Of the source map: segments of base64 VLQ, joined with `,` in a line and with `;` between lines.
 * @see ECMA-426
 */
export function mappedBytes(code: string, mappings: string): ReadonlyMap<number, number> {
  const bytes = new Map<number, number>();
  const lines = code.split('\n');
  let source = 0;
  mappings.split(';').forEach((segments, line) => {
    let [column, owner] = [0, -1];
    const give = (until: number) => bytes.set(owner, (bytes.get(owner) ?? 0) + until - column);
    for (const [columns = 0, sources] of segments.split(',').filter(Boolean).map(numbersIn)) {
      give(column + columns);
      column += columns;
      source += sources ?? 0;
      owner = sources === undefined ? -1 : source;
    }
    give((lines[line] ?? '').length + 1);
  });
  return bytes;
}

function numbersIn(segment: string): number[] {
  const numbers: number[] = [];
  let [value, shift] = [0, 0];
  for (const digit of segment) {
    const bits = DIGITS.get(digit) ?? 0;
    value |= (bits & 31) << shift;
    shift += 5;
    if (bits & 32) continue;
    numbers.push(value & 1 ? -(value >> 1) : value >> 1);
    [value, shift] = [0, 0];
  }
  return numbers;
}
