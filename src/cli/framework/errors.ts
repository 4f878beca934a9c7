import { stripVTControlCharacters } from 'node:util';
import { BootstrapError } from '../../errors/bootstrap-error.js';

/** Something that a command can't do; the message says what to change. */
export class CommandError extends Error {
  override readonly name: string = 'CommandError';
  readonly exitCode: number = 1;
}

/** A command line that makes no sense: exit code 2, as shells have it. */
export class UsageError extends CommandError {
  override readonly name = 'UsageError';
  override readonly exitCode = 2;
}

/**
 * What an error says that is whole without a stack; `undefined` for any other, which is a mistake, and its stack shows
 * where.
 */
export function errorText(error: unknown, colored: boolean): string | undefined {
  if (error instanceof CommandError || error instanceof BootstrapError) return error.message;
  if (!isOfBundler(error)) return undefined;
  const plain = stripVTControlCharacters(error.message);
  const hint = errorHint(plain);
  return `${colored ? error.message : plain}${hint === undefined ? '' : `\n${hint}\n`}`;
}

/** Such an error has the places in the sources in its message, in colours. */
function isOfBundler(error: unknown): error is Error {
  const { name, errors } = (error ?? {}) as { readonly name?: unknown; readonly errors?: unknown };
  return name === 'Error' && errors !== undefined;
}

type Hint = readonly [sign: RegExp, advice: (match: RegExpExecArray) => string];

/** Errors of the language and of the bundler that don't say what to do, and that who comes from NestJS meets first. */
const HINTS: readonly Hint[] = [
  [
    /Cannot access '(\w+)' before initialization/,
    ([, name]) =>
      `${name} is named by a class that comes before it, or in a circle of files. For injection write @Inject(forwardRef(() => ${name})) ` +
      `and the type Ref<${name}>: node_modules/lambent/docs/modules-and-providers.md#circular-dependencies`,
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
