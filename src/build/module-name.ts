/**
 * A name under which Lambda finds a file. Its runtime takes what is before the first dot of a handler setting for the
 * module, so that of `orders.handler.handler` it would look for `orders`.
 *
 * @param name of a file, without its extension.
 */
export function moduleName(name: string): string {
  const file = name.lastIndexOf('/') + 1;
  return name.slice(0, file) + name.slice(file).replaceAll('.', '-');
}
