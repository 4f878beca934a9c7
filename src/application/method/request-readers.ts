import type { Provided } from '../../modules/instances/event-scope.js';
import type { Enhancers } from './enhancers.js';
import { kindsOf } from './event-kinds.js';

/**
 * Returns the class names of the guards, interceptors and filters that take every event for a request: they read it
 * from their context, don't check the context's type, and have no `@For`.
 *
 * That is read from the source text of the method, which shows what it does itself but not what it calls. So not all
 * are found, but none is reported that works without a request.
 */
export function requestReaders({ guards, interceptors, filters }: Enhancers): string[] {
  return [
    ...guards.filter((guard) => readsRequest(guard, 'canActivate', 0)),
    ...interceptors.filter((interceptor) => readsRequest(interceptor, 'intercept', 0)),
    ...filters.filter((filter) => readsRequest(filter, 'catch', 1)),
  ].map((provided) => enhancerOf(provided)?.constructor.name ?? '');
}

function readsRequest(provided: Provided<object>, method: string, position: number): boolean {
  if (kindsOf(provided)) return false;
  const call = (enhancerOf(provided) as Readonly<Record<string, unknown>> | undefined)?.[method];
  if (typeof call !== 'function') return false;
  const text = Function.prototype.toString.call(call);
  const context = parameterAt(text, position);
  return context !== undefined && !/\b(?:getType|record)\b/.test(text) && asksForRequest(text, context);
}

/** Returns the instance, or the prototype of an enhancer that is created for each event. */
function enhancerOf(provided: Provided<object>): object | undefined {
  return provided.resolve === undefined ? provided.instance : provided.type?.prototype;
}

const REQUEST_MEMBER = /\b(?:request|response|switchToHttp)\b/;

function asksForRequest(text: string, context: string): boolean {
  if (context.startsWith('{')) return REQUEST_MEMBER.test(context);
  const name = context.replaceAll('$', String.raw`\$`);
  if (new RegExp(String.raw`(?<![\w$.])${name}\??\.(?:request|response|switchToHttp)\b`).test(text)) return true;
  const end = text.search(new RegExp(String.raw`\}\s*=\s*${name}(?![\w$.])`));
  return end > 0 && REQUEST_MEMBER.test(text.slice(text.lastIndexOf('{', end), end));
}

/** Returns a parameter as the source text has it: a name, or a pattern in braces. */
function parameterAt(text: string, position: number): string | undefined {
  const [, only] = /^(?:async\s+)?([\w$]+)\s*=>/.exec(text) ?? [];
  const written = only === undefined ? parametersIn(text)[position] : [only][position];
  return written?.startsWith('{') ? written : /^[\w$]+/.exec(written ?? '')?.[0];
}

function parametersIn(text: string): string[] {
  const parameters = [''];
  let depth = 0;
  for (let index = text.indexOf('(') + 1; index < text.length; index++) {
    const letter = text[index] as string;
    if (depth === 0 && letter === ')') break;
    if ('([{'.includes(letter)) depth += 1;
    if (')]}'.includes(letter)) depth -= 1;
    if (depth === 0 && letter === ',') parameters.push('');
    else parameters.push((parameters.pop() ?? '') + letter);
  }
  return parameters.map((parameter) => parameter.trim());
}
