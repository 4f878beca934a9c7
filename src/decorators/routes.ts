import {
  anyText,
  aScope,
  either,
  isOptions,
  listOf as listOfRule,
  mistakeInArguments,
  mistakeInOptions,
  noOptions,
  oneOf,
  type Rule,
  type Rules,
  text,
  wholeNumber,
} from '../errors/check-options.js';
import { headerName, valueProblem } from '../http/message/headers.js';
import type { CorsOptions } from '../http/policies/cors-options.js';
import { type BodyKind, ownClassMetadata, ownMethodMetadata, type RouteMetadata } from '../metadata/class-metadata.js';
import { noteMistake, noteUncalled } from '../metadata/mistakes.js';
import type { Scope } from '../shared/provider.js';
import { classOrMethod, type ClassOrMethodDecorator } from './apply-decorators.js';

type OneOrMany<T> = T | readonly T[];

function listOf<T>(value: OneOrMany<T>): readonly T[] {
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}

/** The empty path is the prefix itself. */
const somePaths: Rule = either(anyText, someOf(anyText));
const someNames: Rule = either(text, someOf(text));

/** An empty list would be a route that nothing reaches. */
function someOf(item: Rule): Rule {
  const { expected, accepts } = listOfRule(item);
  return { expected, accepts: (value) => accepts(value) && (value as readonly unknown[]).length > 0 };
}

const aBodyKind = oneOf('json', 'form', 'any');
/** An empty list would take nothing. */
const bodyKinds: Rule = {
  expected: `${aBodyKind.expected}, or a list of these`,
  accepts: (value) =>
    aBodyKind.accepts(value) || (Array.isArray(value) && value.length > 0 && value.every(aBodyKind.accepts)),
};

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
  const options = isControllerOptions(prefix) ? prefix : { path: prefix };
  return (target) => {
    const metadata = ownClassMetadata(target);
    metadata.controller = {
      paths: listOf(options.path ?? ''),
      versions: options.version === undefined ? undefined : listOf(options.version),
      consumes: options.consumes === undefined ? undefined : listOf(options.consumes),
      scope: options.scope,
    };
    noteMistake(metadata, mistakeInOptions(options, CONTROLLER_RULES, '@Controller'));
  };
}

const CONTROLLER_RULES: Rules<ControllerOptions> = {
  path: somePaths,
  version: someNames,
  consumes: bodyKinds,
  scope: aScope,
};

function isControllerOptions(prefix: OneOrMany<string> | ControllerOptions): prefix is ControllerOptions {
  return typeof prefix === 'object' && prefix !== null && !Array.isArray(prefix);
}

/** What decorators of routes take beside the path. */
export interface RouteOptions {
  /** The status of a successful answer, 200 unless given. */
  status?: number;
  /**
   * What the route takes for a body, instead of what its controller says: `json`, `form`, both, or `any`. JSON unless
   * given, or a form where a parameter asks for one; another content type is 415.
   */
  consumes?: OneOrMany<BodyKind>;
}

/** A decorator for one verb: `path` below the controller's prefix, `/` unless given. */
export type RouteDecorator = (path?: OneOrMany<string>, options?: RouteOptions) => MethodDecorator;

function routeDecorator(method: RouteMetadata['method']): RouteDecorator {
  const name = `@${method.charAt(0)}${method.slice(1).toLowerCase()}`;
  return (...given) => {
    noteUncalled(given, name);
    const [path = '', options = {}] = given;
    return (prototype, key) => {
      const metadata = ownMethodMetadata(prototype, key);
      metadata.routes.push({ method, paths: listOf(path) });
      if (options?.status !== undefined) metadata.statusCode = options.status;
      if (options?.consumes !== undefined) metadata.consumes = listOf(options.consumes);
      noteMistake(metadata, mistakeInRoute(name, path, options));
    };
  };
}

const OPTIONS: Rules<RouteOptions> = { status: wholeNumber(200, 599), consumes: bodyKinds };

function mistakeInRoute(decorator: string, path: unknown, options: unknown): string | undefined {
  return (
    mistakeInOptions({ path }, { path: somePaths }, decorator) ??
    mistakeInOptions(options, OPTIONS, `the options of ${decorator}`)
  );
}

/** A route for GET, and for HEAD where no `@Head` is at the same path. */
export const Get = routeDecorator('GET');
/** A route for POST; 200 unless another status is said. */
export const Post = routeDecorator('POST');
/** A route for PUT. */
export const Put = routeDecorator('PUT');
/** A route for PATCH. */
export const Patch = routeDecorator('PATCH');
/** A route for DELETE. */
export const Delete = routeDecorator('DELETE');
/** A route for HEAD, before `@Get` of the same path; whatever it returns, no body is sent. */
export const Head = routeDecorator('HEAD');
/** A route for OPTIONS, after CORS preflights, which `cors` answers. */
export const Options = routeDecorator('OPTIONS');
/** Every method that no other route of the same path takes. */
export const All = routeDecorator('ALL');

/** The status of a successful answer. */
export function HttpCode(statusCode: number): MethodDecorator {
  noteUncalled(arguments, '@HttpCode');
  return (prototype, key) => {
    const metadata = ownMethodMetadata(prototype, key);
    metadata.statusCode = statusCode;
    noteMistake(metadata, mistakeInArguments({ statusCode }, { statusCode: wholeNumber(200, 599) }, '@HttpCode'));
  };
}

/** A header of every successful answer of the route. */
export function Header(name: string, value: string): MethodDecorator {
  noteUncalled(arguments, '@Header');
  return (prototype, key) => {
    const metadata = ownMethodMetadata(prototype, key);
    metadata.headers.push([name, value]);
    const mistake = mistakeInArguments({ name, value }, { name: headerName, value: anyText }, '@Header');
    noteMistake(metadata, mistake ?? valueProblem(name, value));
  };
}

/**
 * Answers with a redirect, 302 unless given.
 *
 * The method may return `{ url, statusCode }` to send this caller elsewhere.
 */
export function Redirect(location: string, statusCode = 302): MethodDecorator {
  noteUncalled(arguments, '@Redirect');
  return (prototype, key) => {
    const metadata = ownMethodMetadata(prototype, key);
    metadata.redirect = { location, statusCode };
    noteMistake(
      metadata,
      mistakeInArguments(
        { location, statusCode },
        { location: anyText, statusCode: oneOf(301, 302, 303, 307, 308) },
        '@Redirect',
      ),
    );
  };
}

/** The version or versions of one route, instead of its controller's. */
export function Version(version: OneOrMany<string>): MethodDecorator {
  noteUncalled(arguments, '@Version');
  return (prototype, key) => {
    const metadata = ownMethodMetadata(prototype, key);
    metadata.versions = listOf(version);
    noteMistake(metadata, mistakeInArguments({ version }, { version: someNames }, '@Version'));
  };
}

/** CORS for a class or a route, instead of the `cors` option of `create`; `false` turns it off there. */
export function Cors(...given: [options?: CorsOptions | false]): ClassOrMethodDecorator {
  noteUncalled(given, '@Cors');
  // `undefined` in their place was to be some origins, and not all of them.
  const options = given.length === 0 ? { origin: '*' } : given[0];
  return classOrMethod((metadata) => {
    metadata.cors = options;
    // What it holds is looked at with the route.
    if (options !== false && !isOptions(options)) {
      noteMistake(metadata, noOptions(options, ['origin', 'and the like'], '@Cors'));
    }
  });
}
