import { inspect, stripVTControlCharacters } from 'node:util';
import { BootstrapError } from '../../errors/bootstrap-error.js';
import { documentation } from '../../shared/documentation.js';
import { CommandError } from './command-error.js';

/** Formats any error for the terminal: only its message if that is enough, otherwise the stack with its causes. */
export function formatError(error: unknown, colored: boolean): string {
  const message = errorMessage(error, colored);
  if (message !== undefined) return message;
  const stack = inspect(error);
  const hint = errorHint(stack);
  return hint === undefined ? stack : `${stack}\n\n${hint}`;
}

/** Returns the message of an error that needs no stack; `undefined` for a bug, where the stack shows the place. */
export function errorMessage(error: unknown, colored: boolean): string | undefined {
  if (error instanceof CommandError || error instanceof BootstrapError) return error.message;
  if (!isBundlerError(error)) return undefined;
  const plain = stripVTControlCharacters(error.message);
  const hint = errorHint(plain);
  return `${colored ? error.message : plain}${hint === undefined ? '' : `\n${hint}\n`}`;
}

/** The bundler's errors show the place in the source, in colour, as part of the message. */
function isBundlerError(error: unknown): error is Error {
  const { name, errors } = (error ?? {}) as { readonly name?: unknown; readonly errors?: unknown };
  return name === 'Error' && errors !== undefined;
}

type Hint = readonly [pattern: RegExp, advice: (match: RegExpExecArray) => string];

/** Errors from JavaScript and the bundler that NestJS users often meet first, and that don't say what to do. */
const HINTS: readonly Hint[] = [
  [
    /Cannot access '(\w+)' before initialization/,
    ([, name]) =>
      `${name} is used before its class is defined, often because of circular imports. To inject it, write ` +
      `@Inject(forwardRef(() => ${name})) with the type Ref<${name}>. ` +
      `See ${documentation('modules-and-providers.md#circular-dependencies')}`,
  ],
  [/" is not exported by "[^"]*node_modules[\\/]lambent[\\/]/, otherNames],
  [/The requested module 'lambent(?:\/\w+)?' does not provide an export/, otherNames],
  [
    /\bis not set\. Add it to the environment variables of the function\b/,
    () => '"lambent dev" reads environment variables from .env, or from the file that --env-file names.',
  ],
  [
    /\b(?:res|response|reply)\.(?:status|json|send|header|set|type) is not a function/,
    () =>
      'Return the content from the method. For a status of its own, write @HttpCode(201) or res.statusCode = 201, ' +
      `and for a header res.headers. See ${documentation('responses.md')}`,
  ],
  [
    /\.handle\(\.\.\.\)\.(?:pipe|subscribe|toPromise) is not a function/,
    () =>
      'next.handle() returns a promise, not an observable: write await next.handle(). ' +
      `See ${documentation('coming-from.md#interceptors-and-filters')}`,
  ],
];

function otherNames(): string {
  return `For names that differ from NestJS and FastAPI, see ${documentation('coming-from.md')}`;
}

/** Returns what to do about an error whose own text does not say it. */
export function errorHint(text: string): string | undefined {
  for (const [pattern, advice] of HINTS) {
    const match = pattern.exec(text);
    if (match) return advice(match);
  }
  return undefined;
}
