/** A decorator of NestJS's: what it is called, and what stands in its place here. */
export interface NestMark {
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
export function nestMark(key: unknown): NestMark | undefined {
  if (typeof key !== 'string') return undefined;
  const known = Object.hasOwn(KEYS, key) ? KEYS[key] : undefined;
  if (typeof known === 'string') return { name: known, instead: SAME };
  const [, name, instead] = known ? ['', ...known] : (PREFIXES.find(([prefix]) => key.startsWith(prefix)) ?? []);
  return name === undefined || instead === undefined ? undefined : { name, instead };
}

export const NEST_ROUTE: NestMark = { name: '@Get, @Post or the like', instead: SAME };
export const NEST_SCOPE: NestMark = { name: '@Injectable with a scope', instead: SAME };
export const NEST_MODULE_KEYS: readonly string[] = ['imports', 'controllers', 'providers', 'exports'];
