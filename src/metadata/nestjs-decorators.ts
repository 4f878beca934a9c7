import './reflection.js';
import type { AbstractConstructor } from '../shared/types.js';

/** A decorator of NestJS's, and what it stands on. */
interface NestDecorator extends NestMark {
  /** As in `Orders.find`, or `Orders` alone. */
  readonly place: string;
}

/**
 * The first decorator of NestJS's on a class, on its methods and properties, or on what it inherits: nothing here
 * reads what it says.
 */
function nestDecorator(type: AbstractConstructor): NestDecorator | undefined {
  const hidden = new Set<string | symbol>();
  for (const { owner, prototype } of ancestry(type)) {
    const mark = markOf(owner) ?? scopeMark(owner) ?? markOf(prototype);
    if (mark) return { ...mark, place: owner.name };
    for (const key of Reflect.ownKeys(prototype)) {
      const found = key === 'constructor' || hidden.has(key) ? undefined : memberMark({ owner, prototype }, key);
      if (found) return { ...found, place: `${owner.name}.${String(key)}` };
      // What is declared anew has nothing of what it takes the place of.
      hidden.add(key);
    }
  }
  return undefined;
}

/** What a class has of NestJS's, and what to do about it, for a message; `undefined` for nothing. */
export function nestMistake(type: AbstractConstructor): string | undefined {
  const found = nestDecorator(type);
  return (
    found && `${found.place} has a decorator of NestJS's (${found.name}), which does nothing here: ${found.instead}.`
  );
}

/** Whether a class is a module of NestJS's. */
export function isNestModule(type: object): boolean {
  return NEST_MODULE_KEYS.some((key) => Reflect.hasOwnMetadata(key, type));
}

interface Link {
  readonly owner: AbstractConstructor;
  readonly prototype: object;
}

/** A class and what it extends. */
function* ancestry(type: AbstractConstructor): Iterable<Link> {
  for (
    let owner: unknown = type;
    typeof owner === 'function' && owner !== Function.prototype;
    owner = Object.getPrototypeOf(owner)
  ) {
    const { prototype } = owner as { readonly prototype?: unknown };
    if (typeof prototype === 'object' && prototype !== null) yield { owner: owner as AbstractConstructor, prototype };
  }
}

/** Of a method on its function and under its name, of a property under its name. */
function memberMark({ owner, prototype }: Link, key: string | symbol): NestMark | undefined {
  const member: unknown = Object.getOwnPropertyDescriptor(prototype, key)?.value;
  if (typeof member !== 'function') return firstMark(Reflect.getOwnMetadataKeys(prototype, key));
  return (
    firstMark(Reflect.getOwnMetadataKeys(owner, key)) ?? markOf(member) ?? (isRoute(member) ? NEST_ROUTE : undefined)
  );
}

function markOf(target: object): NestMark | undefined {
  return firstMark(Reflect.getOwnMetadataKeys(target));
}

function firstMark(keys: readonly unknown[]): NestMark | undefined {
  for (const key of keys) {
    const mark = nestMark(key);
    if (mark) return mark;
  }
  return undefined;
}

/** NestJS has a number for each method; whoever uses these two names for metadata of his own has none beside a path. */
function isRoute(method: object): boolean {
  return typeof Reflect.getOwnMetadata('method', method) === 'number' && Reflect.hasOwnMetadata('path', method);
}

/** An `@Injectable()` of NestJS's does no harm, but for one that has a scope: there would be one instance for all. */
function scopeMark(type: object): NestMark | undefined {
  const options = Reflect.getOwnMetadata('scope:options', type) as
    | { readonly scope?: number; readonly durable?: boolean }
    | undefined;
  return (options?.scope ?? 0) > 0 || options?.durable ? NEST_SCOPE : undefined;
}

/** A decorator of NestJS's: what it is called, and what stands in its place here. */
interface NestMark {
  readonly name: string;
  readonly instead: string;
}

const SAME = "import it from 'lambent' instead";
const SCHEDULE = 'take @OnSchedule, and say in the template when it is due';
const CACHE = 'there is no cache of answers; set cache-control, and let API Gateway or CloudFront keep them';

/** Keys under which the decorators of `@nestjs/common` and the like leave their mark, and the decorator's name. */
const KEYS: Readonly<Record<string, string | readonly [name: string, instead: string]>> = {
  __controller__: '@Controller',
  '__module:global__': '@Global',
  __guards__: '@UseGuards',
  __interceptors__: '@UseInterceptors',
  __pipes__: '@UsePipes',
  __exceptionFilters__: '@UseFilters',
  __catch__: '@Catch',
  __filterCatchExceptions__: '@Catch',
  __httpCode__: '@HttpCode',
  __headers__: '@Header',
  __redirect__: '@Redirect',
  __version__: '@Version',
  __routeArguments__: '@Body, @Param or the like',
  'self:paramtypes': '@Inject in the constructor',
  'optional:paramtypes': '@Optional in the constructor',
  'self:properties_metadata': '@Inject on a property',
  'optional:properties_metadata': '@Optional on a property',
  __renderTemplate__: ['@Render', 'return an HtmlResponse'],
  __sse__: ['@Sse', 'return an EventSourceResponse'],
  __module_path__: ['RouterModule', 'say the prefix in @Controller'],
  'class_serializer:options': [
    '@SerializeOptions',
    'put @Exclude and @Expose of class-transformer on the class that is returned',
  ],
};

/** What keys of NestJS's other packages begin with. */
const PREFIXES: readonly (readonly [prefix: string, name: string, instead: string])[] = [
  ['swagger/', 'of @nestjs/swagger', "import it from 'lambent/openapi' instead"],
  ['SCHEDULE_CRON_OPTIONS', 'of @nestjs/schedule', SCHEDULE],
  ['SCHEDULE_INTERVAL_OPTIONS', 'of @nestjs/schedule', SCHEDULE],
  ['SCHEDULE_TIMEOUT_OPTIONS', 'of @nestjs/schedule', SCHEDULE],
  ['microservices:', 'of @nestjs/microservices', 'take @OnSqs, @OnSns, @OnEventBridge or the like'],
  ['websockets:', 'of @nestjs/websockets', 'take @OnWebSocket'],
  [
    'EVENT_LISTENER_METADATA',
    'of @nestjs/event-emitter',
    'call the listener, or send a message and take it with @OnEventBridge or @OnSqs',
  ],
  ['bullmq:', 'of @nestjs/bullmq', 'take @OnSqs'],
  ['bull:', 'of @nestjs/bull', 'take @OnSqs'],
  ['graphql:', 'of @nestjs/graphql', 'take @OnEvent(isAppSyncResolver)'],
  ['THROTTLER:', 'of @nestjs/throttler', 'set the throttling of API Gateway'],
  ['cache_module:', 'of @nestjs/cache-manager', CACHE],
  ['__commandHandler__', 'of @nestjs/cqrs', 'call the handler'],
  ['__queryHandler__', 'of @nestjs/cqrs', 'call the handler'],
  ['__eventsHandler__', 'of @nestjs/cqrs', 'send a message, and take it with @OnEventBridge or @OnSqs'],
  ['__saga__', 'of @nestjs/cqrs', 'send a message, and take it with @OnEventBridge or @OnSqs'],
  ['__fastify_route_', 'of @nestjs/platform-fastify', 'take it off: there is no server'],
];

/**
 * The decorator of NestJS's that a metadata key belongs to. `SetMetadata` and `@Injectable` leave none: what the
 * former wrote is read by a `Reflector` here, and the latter asks for nothing but to be a provider.
 */
function nestMark(key: unknown): NestMark | undefined {
  if (typeof key !== 'string') return undefined;
  const known = Object.hasOwn(KEYS, key) ? KEYS[key] : undefined;
  if (typeof known === 'string') return { name: known, instead: SAME };
  const [, name, instead] = known ? ['', ...known] : (PREFIXES.find(([prefix]) => key.startsWith(prefix)) ?? []);
  return name === undefined || instead === undefined ? undefined : { name, instead };
}

const NEST_ROUTE: NestMark = { name: '@Get, @Post or the like', instead: SAME };
const NEST_SCOPE: NestMark = { name: '@Injectable with a scope', instead: SAME };
const NEST_MODULE_KEYS: readonly string[] = ['imports', 'controllers', 'providers', 'exports'];
