import { deflateRawSync } from 'node:zlib';

/** What a file takes in a zip beside its data: two headers with its name, and of the whole zip the last record. @see APPNOTE.TXT 4.3 */
const [LOCAL_HEADER, CENTRAL_HEADER, END_RECORD] = [30, 46, 22];

/** How many bytes a zip of the files has, near enough: zip programs differ by a few. */
export function zipSize(files: readonly { readonly name: string; readonly code: string }[]): number {
  const sizes = files.map(({ name, code }) => LOCAL_HEADER + CENTRAL_HEADER + 2 * name.length + deflateRawSync(code).length);
  return sizes.reduce((sum, size) => sum + size, END_RECORD);
}
