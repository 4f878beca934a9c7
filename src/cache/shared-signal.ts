import { isPlainObject } from '../shared/plain-object.js';

function isSignal(value: unknown): value is AbortSignal {
  return value instanceof AbortSignal;
}

/** Returns the signals among arguments, and those that are the member `signal` of a plain object. */
export function signalsIn(args: readonly unknown[]): AbortSignal[] {
  return args.flatMap((argument) => {
    const signal = hasSignal(argument) ? argument.signal : argument;
    return isSignal(signal) ? [signal] : [];
  });
}

/** Copies arguments, with `signal` instead of each signal in them. */
export function withSignal(args: readonly unknown[], signal: AbortSignal | undefined): unknown[] {
  return args.map((argument) => {
    if (isSignal(argument)) return signal;
    return hasSignal(argument) ? { ...argument, signal } : argument;
  });
}

function hasSignal(value: unknown): value is { readonly signal: AbortSignal } {
  return isPlainObject(value) && isSignal((value as { readonly signal?: unknown }).signal);
}
