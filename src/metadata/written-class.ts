/** Whether a function is a class in the source: the `prototype` of any other function can be set. */
export function isWrittenAsClass(value: Function): boolean {
  return Object.getOwnPropertyDescriptor(value, 'prototype')?.writable === false;
}

/** Returns the name of a class as it is in the source. Those of other functions are lost in a bundle. */
export function nameOf(value: Function): string {
  if (!isWrittenAsClass(value)) return '';
  // A static member may have that name.
  const name: unknown = value.name;
  if (typeof name !== 'string') return '';
  // Bundlers number classes of the same name.
  return name.includes('$') ? name.replace(/\$\d+$/, '') : name;
}
