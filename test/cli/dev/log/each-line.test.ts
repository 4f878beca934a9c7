import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { eachLine } from '../../../../src/cli/dev/log/log-view.js';

async function linesOf(chunks: readonly Uint8Array[]): Promise<string[]> {
  const stream = new PassThrough();
  const lines: string[] = [];
  eachLine(stream, (line) => lines.push(line));
  for (const chunk of chunks) stream.write(chunk);
  stream.end();
  await new Promise((resolve) => stream.once('end', resolve));
  return lines;
}

test('lines are whole however they are cut, in the middle of a character too', async () => {
  const line = fc.string({ unit: fc.constantFrom('a', '€', '😀', '\r', '\u2028', '"') });
  const cuts = fc.array(fc.nat(), { maxLength: 10 });
  await fc.assert(
    fc.asyncProperty(fc.array(line, { minLength: 1 }), cuts, async (lines, offsets) => {
      const bytes = Buffer.from(lines.map((each) => `${each}\n`).join(''));
      const ends = [0, ...offsets.map((offset) => offset % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length];
      expect(await linesOf(ends.slice(1).map((end, index) => bytes.subarray(ends[index], end)))).toEqual(lines);
    }),
  );
});

test('the last line need not have an end', async () => {
  expect(await linesOf([Buffer.from('one\n\nthr'), Buffer.from('ee')])).toEqual(['one', '', 'three']);
});
