import { lineage, methodName } from '../shared/class-methods.js';
import './reflection.js';
import type { AbstractConstructor } from '../shared/types.js';

/** A NestJS decorator and its place. */
interface NestDecorator extends NestMark {
  /** As in `Orders.find`, or only `Orders`. */
  readonly place: string;
}

/** Finds the first NestJS decorator on a class, its members and its ancestors. */
function nestDecorator(type: AbstractConstructor): NestDecorator | undefined {
  const hidden = new Set<string | symbol>();
  for (const owner of lineage(type)) {
    const prototype: unknown = owner.prototype;
    if (typeof prototype !== 'object' || prototype === null) continue;
    const mark = markOf(owner) ?? scopeMark(owner) ?? markOf(prototype);
    if (mark) return { ...mark, place: owner.name };
    for (const key of Reflect.ownKeys(prototype)) {
      const found = key === 'constructor' || hidden.has(key) ? undefined : memberMark({ owner, prototype }, key);
      if (found) return { ...found, place: methodName(owner, key) };
      // An overridden member inherits no metadata.
      hidden.add(key);
    }
  }
  return undefined;
}

/** Names the NestJS decorator of a class and its replacement, for an error message; `undefined` when it has none. */
export function nestMistake(type: AbstractConstructor): string | undefined {
  const found = nestDecorator(type);
  return found && `${found.place} has a NestJS decorator (${found.name}), which has no effect here: ${found.instead}.`;
}

/** Whether a class has NestJS's `@Module()`. */
export function isNestModule(type: object): boolean {
  return NEST_MODULE_KEYS.some((key) => Reflect.hasOwnMetadata(key, type));
}

interface Link {
  readonly owner: AbstractConstructor;
  readonly prototype: object;
}

/** Finds a decorator of a member. Those of methods leave metadata on the function or under its name. */
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

/** Whether a method has a NestJS route: a numeric `method` beside a `path`, which other metadata hardly has. */
function isRoute(method: object): boolean {
  return typeof Reflect.getOwnMetadata('method', method) === 'number' && Reflect.hasOwnMetadata('path', method);
}

/** Finds a NestJS `@Injectable()` with a scope, which would be a singleton here. Without a scope it does no harm. */
function scopeMark(type: object): NestMark | undefined {
  const options = Reflect.getOwnMetadata('scope:options', type) as
    | { readonly scope?: number; readonly durable?: boolean }
    | undefined;
  return (options?.scope ?? 0) > 0 || options?.durable ? NEST_SCOPE : undefined;
}

/** The name of a NestJS decorator, and what to use instead. */
interface NestMark {
  readonly name: string;
  readonly instead: string;
}

const SAME = "import it from 'lambent' instead";
const SCHEDULE = 'use @OnSchedule, and define the schedule in the template';
const CACHE = 'set cache-control, and let API Gateway or CloudFront cache responses';

/** The metadata keys of `@nestjs/common` and the like, with the decorator's name. */
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
  __module_path__: ['RouterModule', 'write the prefix in @Controller'],
  'class_serializer:options': [
    '@SerializeOptions',
    'put @Exclude and @Expose of class-transformer on the class that is returned',
  ],
};

/** The prefixes of metadata keys of NestJS's other packages. */
const PREFIXES: readonly (readonly [prefix: string, name: string, instead: string])[] = [
  ['swagger/', 'of @nestjs/swagger', "import it from 'lambent/openapi' instead"],
  ['SCHEDULE_CRON_OPTIONS', 'of @nestjs/schedule', SCHEDULE],
  ['SCHEDULE_INTERVAL_OPTIONS', 'of @nestjs/schedule', SCHEDULE],
  ['SCHEDULE_TIMEOUT_OPTIONS', 'of @nestjs/schedule', SCHEDULE],
  ['microservices:', 'of @nestjs/microservices', 'use @OnSqs, @OnSns, @OnEventBridge or the like'],
  ['websockets:', 'of @nestjs/websockets', 'use @OnWebSocket'],
  [
    'EVENT_LISTENER_METADATA',
    'of @nestjs/event-emitter',
    'call the listener, or send a message and handle it with @OnEventBridge or @OnSqs',
  ],
  ['bullmq:', 'of @nestjs/bullmq', 'use @OnSqs'],
  ['bull:', 'of @nestjs/bull', 'use @OnSqs'],
  ['graphql:', 'of @nestjs/graphql', 'use @OnEvent(isAppSyncResolver)'],
  ['THROTTLER:', 'of @nestjs/throttler', 'configure throttling in API Gateway'],
  ['cache_module:', 'of @nestjs/cache-manager', CACHE],
  ['__commandHandler__', 'of @nestjs/cqrs', 'call the handler'],
  ['__queryHandler__', 'of @nestjs/cqrs', 'call the handler'],
  ['__eventsHandler__', 'of @nestjs/cqrs', 'send a message, and handle it with @OnEventBridge or @OnSqs'],
  ['__saga__', 'of @nestjs/cqrs', 'send a message, and handle it with @OnEventBridge or @OnSqs'],
  ['__fastify_route_', 'of @nestjs/platform-fastify', 'remove it: there is no server'],
];

/**
 * Returns the NestJS decorator that a metadata key belongs to. `SetMetadata` and `@Injectable` are not among them: a
 * `Reflector` reads the former here, and the latter only marks a provider.
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
