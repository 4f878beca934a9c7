import { plainToInstance } from 'class-transformer';
import type { Constructor } from '../../shared/types.js';
import { copyMembers } from '../plain-input.js';
import { buildPlan } from './build-plan.js';
import { type Builder, generateBuilder } from './builder-code.js';
import { COPIED } from './member-values.js';

const builders = new WeakMap<Constructor, Builder>();

/**
 * The compiled builder of a class, which builds as `plainToInstance` does; where the class' decorators say something
 * that is not compiled, it is `plainToInstance`.
 */
export function builderOf(type: Constructor): Builder {
  let builder = builders.get(type);
  if (!builder) {
    // A function without a prototype, as `Proxy`, has no instances that could be planned.
    const plan = (type.prototype ? buildPlan(type) : undefined) ?? libraryBuild(type);
    // Known before it is made: a class may nest itself.
    builders.set(type, (builder = {} as Builder));
    Object.assign(builder, generateBuilder(type, plan, builderOf));
  }
  return builder;
}

/** A copy is not copied again: what a `@Transform` does to the object that it is given has to be seen by whoever made the copy. */
function libraryBuild(type: Constructor): Builder['build'] {
  return (input, depth) => plainToInstance(type, depth === COPIED ? input : copyMembers(input, depth));
}
