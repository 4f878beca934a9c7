let type: (new () => unknown) | undefined;

/** Called by the file of the class `Response`, which an application that never names the class need not load. */
export function setResponseClass(loaded: new () => unknown): void {
  type = loaded;
}

/** Whether the class `Response` is loaded. */
export function hasResponse(): boolean {
  return type !== undefined;
}

/** Makes an empty `Response` for an application that has loaded the class. */
export function newResponse<T>(): T {
  if (type !== undefined) return new type() as T;
  throw new Error("The class Response is not loaded: import { Response } from 'lambent'.");
}
