const FOLDER = 'https://github.com/lambent-js/lambent/blob/main/docs';

/** Returns the address of a page of the documentation, such as `errors.md` or `testing.md#jest`, for messages. */
export function documentation(page: string): string {
  return `${FOLDER}/${page}`;
}
