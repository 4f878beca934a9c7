/** What `JSON.stringify` makes `{}` of although it has content, and what to return in its place. */
const LOST: ReadonlyMap<string, string> = new Map([
  ['[object Response]', "the global Response: import { Response } from 'lambent'"],
  ['[object ArrayBuffer]', 'an ArrayBuffer, which JSON has no form for: return Buffer.from(…) it'],
  ['[object Blob]', 'a Blob, which JSON has no form for: return its stream()'],
]);

/**
 * For data whose JSON is `{}`: nothing else is worth the look. It goes by the tag, for naming the global `Response`
 * would have Node load all of fetch.
 *
 * @throws TypeError when the content would be lost without a word.
 */
export function refuseLostContent(data: unknown): void {
  const advice = LOST.get(Object.prototype.toString.call(data));
  if (advice !== undefined) throw new TypeError(`The result is ${advice}`);
}
