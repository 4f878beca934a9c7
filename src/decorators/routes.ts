import {
  anyText,
  aScope,
  either,
  listOf as listOfRule,
  mistakeInArguments,
  mistakeInOptions,
  oneOf,
  type OptionRule,
  type OptionRules,
  text,
  wholeNumber,
} from '../errors/check-options.js';
import { isOptions, noOptions } from '../errors/option-names.js';
import { headerName, valueProblem } from '../http/message/headers.js';
import { checkCorsOptions, type CorsOptions } from '../http/policies/cors-options.js';
import { type CorsPolicy, corsPolicy } from '../http/policies/cors.js';
import { type BodyKind, ownClassMetadata, ownMethodMetadata, type RouteMetadata } from '../metadata/class-metadata.js';
import { noteMistake, noteUncalled } from '../metadata/mistakes.js';
import type { Scope } from '../shared/provider.js';
import { VERSION_NEUTRAL } from '../shared/version-neutral.js';
import { classOrMethod, type ClassOrMethodDecorator } from './apply-decorators.js';

type OneOrMany<T> = T | readonly T[];

function listOf<T>(value: OneOrMany<T>): readonly T[] {
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}

/** Paths; the empty one is the prefix itself. */
const somePaths: OptionRule = either(anyText, someOf(anyText));
const aVersion: OptionRule = {
  expected: 'text or VERSION_NEUTRAL',
  accepts: (value) => value === VERSION_NEUTRAL || text.accepts(value),
};
const someVersions: OptionRule = either(aVersion, someOf(aVersion));

type VersionName = string | typeof VERSION_NEUTRAL;

/** Refuses an empty list, which would make an unreachable route. */
function someOf(item: OptionRule): OptionRule {
  const { expected, accepts } = listOfRule(item);
  return { expected, accepts: (value) => accepts(value) && (value as readonly unknown[]).length > 0 };
}

const aBodyKind = oneOf('json', 'form', 'any');
/** Refuses an empty list, which would accept no body. */
const bodyKinds: OptionRule = {
  expected: `${aBodyKind.expected}, or a list of these`,
  accepts: (value) =>
    aBodyKind.accepts(value) || (Array.isArray(value) && value.length > 0 && value.every(aBodyKind.accepts)),
};

/** Options of `@Controller`. */
export interface ControllerOptions {
  /** One or several prefixes for all routes of the class. */
  path?: OneOrMany<string>;
  /** One or several versions, as the option `versioning` of `create` reads them. */
  version?: OneOrMany<VersionName>;
  /** The kinds of body that all routes of the class accept; see the route option of the same name. */
  consumes?: OneOrMany<BodyKind>;
  scope?: Scope;
}

/** Declares a controller: a class whose methods handle requests. */
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

const CONTROLLER_RULES: OptionRules<ControllerOptions> = {
  path: somePaths,
  version: someVersions,
  consumes: bodyKinds,
  scope: aScope,
};

function isControllerOptions(prefix: OneOrMany<string> | ControllerOptions): prefix is ControllerOptions {
  return typeof prefix === 'object' && prefix !== null && !Array.isArray(prefix);
}

/** Options of route decorators. */
export interface RouteOptions {
  /** The status code of a successful response. Default: 200. */
  status?: number;
  /**
   * The kinds of body that the route accepts, instead of those of its controller: `json`, `form`, both, or `any`.
   * Default: JSON, or a form if a parameter binds one. Other media types get 415.
   */
  consumes?: OneOrMany<BodyKind>;
}

/** A decorator for one HTTP method. `path` is below the controller's prefix; default `/`. */
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

const ROUTE_RULES: OptionRules<RouteOptions> = { status: wholeNumber(200, 599), consumes: bodyKinds };

function mistakeInRoute(decorator: string, path: unknown, options: unknown): string | undefined {
  return (
    mistakeInOptions({ path }, { path: somePaths }, decorator) ??
    mistakeInOptions(options, ROUTE_RULES, `the options of ${decorator}`)
  );
}

/** Declares a route for GET, and for HEAD unless the same path has a `@Head`. */
export const Get = routeDecorator('GET');
/** Declares a route for POST. The default status code is 200. */
export const Post = routeDecorator('POST');
/** Declares a route for PUT. */
export const Put = routeDecorator('PUT');
/** Declares a route for PATCH. */
export const Patch = routeDecorator('PATCH');
/** Declares a route for DELETE. */
export const Delete = routeDecorator('DELETE');
/** Declares a route for HEAD, which takes precedence over `@Get` of the same path. No body is sent. */
export const Head = routeDecorator('HEAD');
/** Declares a route for OPTIONS, except CORS preflights, which `cors` handles. */
export const Options = routeDecorator('OPTIONS');
/** Declares a route for all methods that no other route of the same path handles. */
export const All = routeDecorator('ALL');

/** Sets the status code of successful responses. */
export function HttpCode(statusCode: number): MethodDecorator {
  noteUncalled(arguments, '@HttpCode');
  return (prototype, key) => {
    const metadata = ownMethodMetadata(prototype, key);
    metadata.statusCode = statusCode;
    noteMistake(metadata, mistakeInArguments({ statusCode }, { statusCode: wholeNumber(200, 599) }, '@HttpCode'));
  };
}

/** Sets a header of successful responses. */
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
 * Responds with a redirect. Default: 302.
 *
 * The method may return `{ url, statusCode }` to redirect elsewhere.
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

/** Sets one or several versions of a route, instead of those of its controller. */
export function Version(version: OneOrMany<VersionName>): MethodDecorator {
  noteUncalled(arguments, '@Version');
  return (prototype, key) => {
    const metadata = ownMethodMetadata(prototype, key);
    metadata.versions = listOf(version);
    noteMistake(metadata, mistakeInArguments({ version }, { version: someVersions }, '@Version'));
  };
}

/** Configures CORS for a controller or a route, instead of the option `cors` of `create`. `false` disables it. */
export function Cors(...given: [options?: CorsOptions | false]): ClassOrMethodDecorator {
  noteUncalled(given, '@Cors');
  // An explicit `undefined` was meant to be options, and must not allow all origins.
  const options = given.length === 0 ? { origin: '*' } : given[0];
  return classOrMethod((metadata) => {
    // The policy comes with the decorator, so that only applications that use it load the code. The options are checked
    // with the route.
    metadata.cors = options === false || options === undefined ? options : () => policyOf(options);
    if (options !== false && !isOptions(options)) {
      noteMistake(metadata, noOptions(options, ['origin', 'and the like'], '@Cors'));
    }
  });
}

function policyOf(options: CorsOptions): CorsPolicy {
  checkCorsOptions(options);
  return corsPolicy(options);
}
