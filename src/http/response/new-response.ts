let make: (() => unknown) | undefined;

/** Called by the file of the class `Response`, which an application that never names the class need not load. */
export function setResponseMaker(maker: () => unknown): void {
  make = maker;
}

/** Whether the class `Response` is loaded. */
export function hasResponse(): boolean {
  return make !== undefined;
}

/** Makes an empty `Response` for an application that has loaded the class. */
export function newResponse<T>(): T {
  if (make) return make() as T;
  throw new Error("The class Response is not loaded: import { Response } from 'lambent'.");
}
