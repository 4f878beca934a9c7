/** Whether the last member was built by generated code. */
export const builtBy = { generatedCode: false };

/** V8 says in the stack where a caller's code was generated. */
export function noteBuilder(): void {
  builtBy.generatedCode = /\beval at\b/.test(String(new Error().stack));
}
