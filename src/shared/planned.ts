/**
 * The key under which an instance tells what planning reads of it, such as the separator of a pipe. A plan is used
 * where it is what it was in the build; nothing else of an instance is compared.
 */
export const PLANNED = Symbol.for('lambent.planned');
