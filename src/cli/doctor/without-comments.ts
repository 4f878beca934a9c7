/** Returns YAML without its comments. What follows a `#` inside of a text goes, too. */
export function withoutComments(yaml: string): string {
  return yaml
    .split('\n')
    .map((line) => line.split('#', 1)[0])
    .join('\n');
}
