import { aScope, mistakeInOptions, type Rules } from '../errors/option-rules.js';
import { type BodyKind, ownClassMetadata } from '../metadata/class-metadata.js';
import { noteMistake } from '../metadata/mistakes.js';
import type { Scope } from '../shared/scope.js';
import { bodyKinds, listOf, type OneOrMany, someNames, somePaths } from './one-or-many.js';

/** What `@Controller` takes beside a prefix alone. */
export interface ControllerOptions {
  /** One prefix or several for every route of the class. */
  path?: OneOrMany<string>;
  /** One version or several, as the `versioning` option of `create` reads them. */
  version?: OneOrMany<string>;
  /** What the routes of the class take for a body, as the option of the same name of `@Post` and its like. */
  consumes?: OneOrMany<BodyKind>;
  scope?: Scope;
}

/** Declares a controller: a class whose methods answer requests. */
export function Controller(prefix: OneOrMany<string> | ControllerOptions = ''): ClassDecorator {
  const options = isOptions(prefix) ? prefix : { path: prefix };
  return (target) => {
    const metadata = ownClassMetadata(target);
    metadata.controller = {
      paths: listOf(options.path ?? ''),
      versions: options.version === undefined ? undefined : listOf(options.version),
      consumes: options.consumes === undefined ? undefined : listOf(options.consumes),
      scope: options.scope,
    };
    noteMistake(metadata, mistakeInOptions(options, RULES, '@Controller'));
  };
}

const RULES: Rules<ControllerOptions> = { path: somePaths, version: someNames, consumes: bodyKinds, scope: aScope };

function isOptions(prefix: OneOrMany<string> | ControllerOptions): prefix is ControllerOptions {
  return typeof prefix === 'object' && prefix !== null && !Array.isArray(prefix);
}
