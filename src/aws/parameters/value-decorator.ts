import { type InjectingDecorator, injectingDecorator } from '../../contracts/injecting-decorator.js';
import { BootstrapError } from '../../errors/bootstrap-error.js';
import { checkArguments, checkOptions, text } from '../../errors/check-options.js';
import { ProvidedToken } from '../../shared/provider.js';
import type { ProtectedConstructor } from '../../shared/types.js';
import { VALUE_RULES, type ValueOptions, type ValueStore } from './value-store.js';

/** Injects a value into a constructor or a property. */
type ValueDecorator = (name: string, options?: ValueOptions) => InjectingDecorator;

/** The parts of {@link valueDecorator}. The names are for messages. */
interface ValueDecoratorParts {
  readonly decorator: string;
  readonly module: string;
  readonly store: ProtectedConstructor<ValueStore>;
}

/** Returns a decorator for the values of a store. Each use declares its value, so no module has to list the names. */
export function valueDecorator(parts: ValueDecoratorParts): ValueDecorator {
  const tokens = new Map<string, ProvidedToken>();
  return (name, options = {}) => {
    checkArguments({ name }, { name: text }, `@${parts.decorator}`);
    const label = `@${parts.decorator}(${JSON.stringify(name)})`;
    checkOptions(options, VALUE_RULES, `the options of ${label}`);
    const key = JSON.stringify([name, options.transform]);
    const token = tokens.get(key) ?? valueToken(label, { name, options, ...parts });
    tokens.set(key, token);
    return injectingDecorator(token);
  };
}

function valueToken(
  label: string,
  { name, options, module, store }: ValueDecoratorParts & { name: string; options: ValueOptions },
): ProvidedToken {
  return new ProvidedToken(label, {
    inject: [{ token: store, optional: true }],
    useFactory: (opened: ValueStore | undefined) => {
      if (opened) return opened.get<unknown>(name, options);
      throw new BootstrapError(`${label} needs ${module}: import ${module}.forRoot(…) in the root module.`);
    },
  });
}
