import { validate } from 'class-validator';
import { NotEmittable } from '../../contracts/emittable.js';
import type { Constructor } from '../../shared/types.js';
import { shapeCheck } from '../dto/declared-shape.js';
import { detailsOf } from '../dto/library-details.js';
import type { Check } from '../reading/libraries.js';
import { type CheckingOptions, librarySettings } from '../validation-options.js';
import { checkPlan, type PropertyPlan } from './check-plan.js';
import type { CodeTarget } from './code-target.js';
import { propertyText } from './property-text.js';
import { indented, lines, literal, nameText } from './source-text.js';

/** Returns the name of the function that checks instances of a class, as `validate` does with these options. */
export function checkerOf(target: CodeTarget, type: Constructor, options: CheckingOptions): string {
  const hint = `check${nameText(type.name)}`;
  return target.once(type, `check ${JSON.stringify(librarySettings(options))}`, hint, (name) => {
    const plan = checkPlan(type, options);
    if (plan?.length === 0) return `const ${name} = ${target.reading('check-inside', 'unknownClass')};`;
    const left = (): string =>
      `const ${name} = ${target.left(libraryCheck(options), `${type.name} is checked by class-validator`)};`;
    if (!plan) return left();
    try {
      return checkerText(target, type, { name, plan, options });
    } catch (error) {
      if (error instanceof NotEmittable) throw error;
      // A container may refuse to provide a rule's constraint: the library asks it again, for every value.
      return left();
    }
  });
}

function libraryCheck(options: CheckingOptions): Check {
  const checkShape = shapeCheck(options);
  return (object, found, depth) => {
    const loc = found.placeOf(depth);
    found.leave((broken, misfits) =>
      validate(object, librarySettings(options)).then((errors) => {
        broken.push(...detailsOf(errors, loc));
        misfits.push(...checkShape(object, loc));
      }),
    );
  };
}

interface Checker {
  readonly name: string;
  readonly plan: readonly PropertyPlan[];
  readonly options: CheckingOptions;
}

function checkerText(target: CodeTarget, type: Constructor, { name, plan, options }: Checker): string {
  const context = { options, checkerOf: (nested: Constructor): string => checkerOf(target, nested, options) };
  const properties = plan.map((property) => propertyText(target, type, property, context));
  const body = lines(whitelistText(target, plan, options), ...properties);
  return `function ${name}(object, found, depth) {\n${indented(body)}\n}`;
}

function whitelistText(target: CodeTarget, plan: readonly PropertyPlan[], options: CheckingOptions): string {
  if (!options.whitelist) return '';
  const names = plan.map((property) => literal(property.name));
  const known = target.declare('knownMembers', (name) => `const ${name} = new Set([${names.join(', ')}]);`);
  return options.forbidNonWhitelisted
    ? `${target.reading('whitelist', 'forbid')}(object, ${known}, found, depth);`
    : `${target.reading('whitelist', 'strip')}(object, ${known});`;
}
