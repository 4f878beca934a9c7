/**
 * A name under which Lambda finds a file. Its runtime takes what is before the first dot of a handler setting for the module, so that of
 * `orders.handler.handler` it would look for `orders`.
 *
 * @param name of a file, without its extension.
 */
export function moduleName(name: string): string {
  return name.replaceAll(/\.(?=[^/]*$)/g, '-');
}
