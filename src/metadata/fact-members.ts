/**
 * The way to write members whose names planning knows.
 *
 * - `empty` means the same whether it is empty or not there,
 * - `enhancers` is a list of classes, and of objects that planning passes on,
 * - `owned` belongs to the application, to whose objects plans refer by their places,
 * - `passed on` is only passed on: which object it is counts, but not what is in it,
 * - `value` is passed on, too, and may be `undefined`,
 * - `copied` is passed on, too, but plans contain it where it is text, a number, a class or the like,
 * - `reference` is a function behind which planning looks.
 */
export type Member = 'empty' | 'enhancers' | 'owned' | 'value' | 'passed on' | 'copied' | 'reference';

export const MEMBERS: ReadonlyMap<unknown, Member> = new Map([
  ...membersOf('empty', 'routes consumers headers parameters injections properties methods'),
  ...membersOf('empty', 'imports controllers providers exports'),
  ...membersOf('enhancers', 'guards interceptors pipes filters'),
  ...membersOf('owned', 'module cors token'),
  ...membersOf('value', 'useValue'),
  ...membersOf('passed on', 'api apiProperties configClass access schedule'),
  ...membersOf('copied', 'data'),
  ...membersOf('reference', 'forwardRef'),
]);

function membersOf(member: Member, names: string): [name: string, member: Member][] {
  return names.split(' ').map((name) => [name, member]);
}
