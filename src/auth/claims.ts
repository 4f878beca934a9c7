import type { CallerIdentity } from '../http/request/request-user.js';

/** The verified claims about a caller, by name. */
export type Claims = CallerIdentity['claims'];

/** The source of names: the name of a claim, or a function that returns them. */
export type NamesFrom = string | ((claims: Claims) => readonly string[]);

/** Reads a list of names from the value of one claim. */
export type ReadList = (value: unknown) => readonly string[];

/** The claims that an application reads roles and scopes from. */
export interface ClaimOptions {
  /** The claim with the roles, or a function. Default: `cognito:groups`, then `roles`. */
  readonly roles?: NamesFrom;
  /** The claim with the scopes, or a function. Default: `scope`, then `scp`. */
  readonly scopes?: NamesFrom;
}

/** Returns the roles and scopes that claims hold. */
export function grantsOf(
  claims: Claims,
  { roles, scopes }: ClaimOptions,
  readList: ReadList = listed,
): Pick<CallerIdentity, 'roles' | 'scopes'> {
  return {
    roles: namesIn(claims, roles, ['cognito:groups', 'roles'], readList),
    scopes: namesIn(claims, scopes, ['scope', 'scp'], (value) => readList(value).flatMap(words)),
  };
}

function namesIn(
  claims: Claims,
  from: NamesFrom | undefined,
  usual: readonly string[],
  readList: ReadList,
): readonly string[] {
  if (typeof from === 'function') return namesOf(from(claims));
  const name = from ?? usual.find((one) => Object.hasOwn(claims, one));
  return name !== undefined && Object.hasOwn(claims, name) ? readList(claims[name]) : [];
}

/** @throws TypeError for anything but a list of text: text has `includes`, too, and would match parts of names. */
function namesOf(given: unknown): readonly string[] {
  if (Array.isArray(given) && given.every((one) => typeof one === 'string')) return given as readonly string[];
  throw new TypeError('The options roles and scopes of an authentication module must return lists of text.');
}

/** The texts of a list, or one text. Anything else grants nothing. */
export function listed(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

export function words(text: string): string[] {
  return text.split(' ').filter((word) => word !== '');
}
