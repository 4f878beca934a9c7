import '../../src/metadata/reflection.js';

/** Where a decorator of NestJS's leaves its mark, as its packages of version 12 do. */
interface Mark {
  /** The decorators that do. */
  readonly by: string;
  readonly on: 'class' | 'prototype' | 'function' | 'method' | 'property';
  readonly key: string;
  readonly value?: unknown;
}

class Anything {}

/**
 * One for each key that `@nestjs/*` writes, but for those that are honoured: `SetMetadata`, and `@Injectable` without a
 * scope.
 */
export const NEST_MARKS: readonly Mark[] = [
  { by: '@Controller', on: 'class', key: '__controller__', value: true },
  { by: '@Global', on: 'class', key: '__module:global__', value: true },
  { by: '@UseGuards', on: 'class', key: '__guards__', value: [Anything] },
  { by: '@UseGuards', on: 'function', key: '__guards__', value: [Anything] },
  { by: '@UseInterceptors', on: 'class', key: '__interceptors__', value: [Anything] },
  { by: '@UseInterceptors', on: 'function', key: '__interceptors__', value: [Anything] },
  { by: '@UsePipes', on: 'class', key: '__pipes__', value: [Anything] },
  { by: '@UsePipes', on: 'function', key: '__pipes__', value: [Anything] },
  { by: '@UseFilters', on: 'class', key: '__exceptionFilters__', value: [Anything] },
  { by: '@UseFilters', on: 'function', key: '__exceptionFilters__', value: [Anything] },
  { by: '@Catch', on: 'class', key: '__catch__', value: true },
  { by: '@Catch', on: 'class', key: '__filterCatchExceptions__', value: [Error] },
  { by: '@HttpCode', on: 'function', key: '__httpCode__', value: 204 },
  { by: '@Header', on: 'function', key: '__headers__', value: [{ name: 'a', value: 'b' }] },
  { by: '@Redirect', on: 'function', key: '__redirect__', value: { url: '/' } },
  { by: '@Version', on: 'function', key: '__version__', value: '1' },
  { by: '@Render', on: 'function', key: '__renderTemplate__', value: 'index' },
  { by: '@Sse', on: 'function', key: '__sse__', value: true },
  { by: '@SerializeOptions', on: 'class', key: 'class_serializer:options', value: { strategy: 'excludeAll' } },
  { by: '@SerializeOptions', on: 'function', key: 'class_serializer:options', value: { strategy: 'excludeAll' } },
  {
    by: '@Body, @Payload, @MessageBody, @Args, createParamDecorator',
    on: 'method',
    key: '__routeArguments__',
    value: {},
  },
  {
    by: '@Inject, @InjectRepository, @InjectModel',
    on: 'class',
    key: 'self:paramtypes',
    value: [{ index: 0, param: 'DB' }],
  },
  { by: '@Optional', on: 'class', key: 'optional:paramtypes', value: [0] },
  { by: '@Inject on a property', on: 'class', key: 'self:properties_metadata', value: [{ key: 'db', type: 'DB' }] },
  { by: '@Optional on a property', on: 'class', key: 'optional:properties_metadata', value: ['db'] },
  { by: '@Injectable({ scope })', on: 'class', key: 'scope:options', value: { scope: 2 } },
  { by: '@Injectable({ durable })', on: 'class', key: 'scope:options', value: { durable: true } },
  { by: '@MessagePattern, @EventPattern', on: 'function', key: 'microservices:pattern', value: ['a'] },
  { by: '@Client', on: 'property', key: 'microservices:is_client_instance', value: true },
  { by: '@WebSocketGateway', on: 'class', key: 'websockets:is_gateway', value: true },
  { by: '@SubscribeMessage', on: 'function', key: 'websockets:message_mapping', value: true },
  { by: '@WebSocketServer', on: 'property', key: 'websockets:is_socket', value: true },
  { by: '@Cron', on: 'function', key: 'SCHEDULE_CRON_OPTIONS', value: {} },
  { by: '@Interval', on: 'function', key: 'SCHEDULE_INTERVAL_OPTIONS', value: {} },
  { by: '@Timeout', on: 'function', key: 'SCHEDULE_TIMEOUT_OPTIONS', value: {} },
  { by: '@OnEvent', on: 'function', key: 'EVENT_LISTENER_METADATA', value: [{}] },
  { by: '@ApiTags', on: 'class', key: 'swagger/apiUseTags', value: ['a'] },
  { by: '@ApiOperation', on: 'function', key: 'swagger/apiOperation', value: {} },
  { by: '@ApiExcludeEndpoint', on: 'function', key: 'swagger/apiExcludeEndpoint', value: { disable: true } },
  { by: '@ApiProperty', on: 'prototype', key: 'swagger/apiModelPropertiesArray', value: [':name'] },
  { by: '@Resolver', on: 'class', key: 'graphql:resolver_type', value: 'Query' },
  { by: '@Mutation', on: 'function', key: 'graphql:resolver_type', value: 'Mutation' },
  { by: '@Processor of @nestjs/bullmq', on: 'class', key: 'bullmq:processor_metadata', value: {} },
  { by: '@OnWorkerEvent', on: 'function', key: 'bullmq:worker_events_metadata', value: {} },
  { by: '@Processor of @nestjs/bull', on: 'class', key: 'bull:module_queue', value: {} },
  { by: '@Throttle', on: 'class', key: 'THROTTLER:LIMITdefault', value: 1 },
  { by: '@SkipThrottle', on: 'function', key: 'THROTTLER:SKIPdefault', value: true },
  { by: '@CacheTTL', on: 'function', key: 'cache_module:cache_ttl', value: 1 },
  { by: '@CommandHandler', on: 'class', key: '__commandHandler__', value: Anything },
  { by: '@QueryHandler', on: 'class', key: '__queryHandler__', value: Anything },
  { by: '@EventsHandler', on: 'class', key: '__eventsHandler__', value: [Anything] },
  { by: '@Saga', on: 'class', key: '__saga__', value: ['run'] },
  { by: '@RouteConfig', on: 'function', key: '__fastify_route_config__', value: {} },
];

/** Puts a mark on a class that has a method `find` and a property `list`. */
export function leaveMark({ on, key, value }: Mark, type: new (...args: never[]) => unknown): void {
  const prototype = type.prototype as { find: object };
  const mark = () => Reflect.defineMetadata(key, value, type);
  const places: Record<Mark['on'], () => void> = {
    class: mark,
    prototype: () => Reflect.defineMetadata(key, value, prototype),
    function: () => Reflect.defineMetadata(key, value, prototype.find),
    method: () => Reflect.defineMetadata(key, value, type, 'find'),
    property: () => {
      // As it defines the property itself.
      Object.assign(prototype, { list: null });
      Reflect.defineMetadata(key, value, prototype, 'list');
    },
  };
  places[on]();
}
