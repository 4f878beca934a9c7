import { MiddyInterceptor } from '../pipeline/from-middy.js';
import type { Dispatch } from './dispatch.js';
import type { Enhancers } from './enhancers.js';

/** Takes the middy middlewares out of the global interceptors: they run around events, whether or not these have a route. */
export function splitMiddy(globals: Enhancers): { stacks: readonly MiddyInterceptor[]; enhancers: Enhancers } {
  const instances = globals.interceptors.map((provided) => ('instance' in provided ? provided.instance : undefined));
  const stacks = instances.filter((instance) => instance instanceof MiddyInterceptor);
  const interceptors = globals.interceptors.filter((_, index) => !(instances[index] instanceof MiddyInterceptor));
  return { stacks, enhancers: { ...globals, interceptors } };
}

/**
 * Puts middy middlewares around the dispatch, the first outermost. They stand outside of the access log and of the
 * timeout: what they see is what Lambda delivers and what it is given, which exists nowhere further in.
 */
export function aroundDispatch(stacks: readonly MiddyInterceptor[], dispatch: Dispatch): Dispatch {
  return stacks.reduceRight<Dispatch>(
    (inner, stack) => (event, context, deliver) =>
      stack.around(event, context, (givenEvent, givenContext) => inner(givenEvent, givenContext, deliver)),
    dispatch,
  );
}
