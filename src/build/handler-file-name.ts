/**
 * Returns a file name that Lambda can find. The Lambda runtime takes the text before the first dot of the handler
 * setting for the module, so for `orders.handler.handler` it would look for `orders`.
 *
 * @param name The name of a file without its extension.
 */
export function handlerFileName(name: string): string {
  const file = name.lastIndexOf('/') + 1;
  return name.slice(0, file) + name.slice(file).replaceAll('.', '-');
}
