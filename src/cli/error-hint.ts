type Hint = readonly [sign: RegExp, advice: (match: RegExpExecArray) => string];

/** Errors of the language and of the bundler that don't say what to do, and that who comes from NestJS meets first. */
const HINTS: readonly Hint[] = [
  [
    /Cannot access '(\w+)' before initialization/,
    ([, name]) =>
      `${name} is named by a class that comes before it, or in a circle of files. For injection write @Inject(forwardRef(() => ${name})) ` +
      `and the type Ref<${name}>: node_modules/lambent/docs/modules-and-providers.md#circles`,
  ],
  [
    /" is not exported by "[^"]*node_modules[\\/]lambent[\\/]|The requested module 'lambent(?:\/\w+)?' does not provide an export/,
    () => 'What NestJS and FastAPI call otherwise is in node_modules/lambent/docs/coming-from.md',
  ],
];

/** What to do about an error, where its text says nothing of that. */
export function errorHint(text: string): string | undefined {
  for (const [sign, advice] of HINTS) {
    const match = sign.exec(text);
    if (match) return advice(match);
  }
  return undefined;
}
