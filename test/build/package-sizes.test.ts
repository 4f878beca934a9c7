import { mappedBytes } from '../../src/build/package-sizes.js';

const bytesOf = (code: string, mappings: string) => Object.fromEntries(mappedBytes(code, mappings));

test('each character belongs to the source of the segment before it', () => {
  // Columns 0 to 2 are of source 0, 3 to 7 of source 1, of a line with its end.
  expect(bytesOf('abcdefg', 'AAAA,GCAA')).toEqual({ 0: 3, 1: 5, '-1': 0 });
});

test('what stands before the first segment, and after one without a source, is of none', () => {
  expect(bytesOf('abcdefg', 'EAAA,EACA,C')).toEqual({ '-1': 5, 0: 3 });
});

test('sources are counted on from line to line, columns anew, backwards too', () => {
  expect(bytesOf('ab\ncd\n\nef', 'AAAA;ACAA;;ADAA')).toEqual({ '-1': 1, 0: 6, 1: 3 });
});

test('numbers of more than one digit are read', () => {
  // gB is 16: base64 VLQ puts the low five bits first.
  expect(bytesOf('x'.repeat(20), 'AAAA,gBgBAA')).toEqual({ '-1': 0, 0: 16, 16: 5 });
});

test('a file without mappings is of no source', () => {
  expect(bytesOf('abc', '')).toEqual({ '-1': 4 });
});
