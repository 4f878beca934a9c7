import type { ProxyTracerProvider, TracerProvider } from '@opentelemetry/api';
import { checkClientClasses } from '../../aws/aws-client-config.js';
import { APP_INTERCEPTOR } from '../../contracts/app-tokens.js';
import { type AsyncOptions, providedOptions } from '../../contracts/async-options.js';
import type { EventObserver, ObservedEvent } from '../../contracts/event-observer.js';
import type { CallHandler, ExecutionContext, Interceptor } from '../../contracts/pipeline.js';
import { aList } from '../../errors/check-options.js';
import { missingPeers } from '../../errors/missing-peers.js';
import { getLogger } from '../../logging/logger/current-logger.js';
import { builtInMetadata } from '../../metadata/class-metadata.js';
import { brand } from '../../shared/brand.js';
import type { DynamicModule } from '../../shared/module.js';
import { InjectionToken } from '../../shared/token.js';
import { setTraceContext } from '../../shared/trace-context.js';
import type { ProtectedConstructor } from '../../shared/types.js';
import { EventSpans } from './event-spans.js';
import { SpanFlush } from './span-flush.js';
import { SpanMaker, type Telemetry } from './span-maker.js';
import { traceClient } from './traced-client.js';
import { checkTracingOptions, type TracingOptions } from './tracing-options.js';

/** Options of `TracingModule.forRootAsync`. `useFactory` returns all options but the clients. */
export interface TracingAsyncOptions extends AsyncOptions<Omit<TracingOptions, 'clients'>> {
  /** Clients of `AwsModule` whose calls get spans. */
  readonly clients?: readonly ProtectedConstructor[];
}

/**
 * Gives each request and each record a span of OpenTelemetry, with children for guards, the method and calls of AWS
 * clients. Needs `@opentelemetry/api`, and an SDK that you register: Lambent makes spans, and exports none.
 */
export class TracingModule {
  /** @throws BootstrapError for an unknown option or an invalid value. */
  static forRoot(options: TracingOptions = {}): DynamicModule {
    checkTracingOptions(options);
    const { clients, ...others } = options;
    return TracingModule.forRootAsync({ ...(clients ? { clients } : {}), useFactory: () => others });
  }

  /** Like {@link TracingModule.forRoot}, for options that depend on other providers. */
  static forRootAsync(given: TracingAsyncOptions): DynamicModule {
    const { token, imports, provider } = providedOptions(TracingModule, given, { clients: aList });
    const { clients = [] } = given;
    checkClientClasses(clients, 'TracingModule');
    return {
      module: TracingModule,
      global: true,
      imports,
      providers: [
        provider,
        { provide: MAKER, inject: [token], useFactory: spanMaker },
        { provide: EVENT_SPANS, inject: [MAKER, token], useFactory: eventSpans },
        { provide: APP_INTERCEPTOR, useExisting: EVENT_SPANS },
        { provide: TRACED_CLIENTS, inject: [MAKER, ...clients], useFactory: traceClients },
      ],
      exports: [],
    };
  }
}
brand(TracingModule, 'TracingModule');
builtInMetadata(TracingModule).module = {};

const MAKER = new InjectionToken<SpanMaker | undefined>('SpanMaker');
const EVENT_SPANS = new InjectionToken<EventSpans | NoSpans>('EventSpans');
const TRACED_CLIENTS = new InjectionToken<number>('TracedClients');

const DEFAULT_TIMEOUT = 1000;

/** Returns `undefined` where tracing is off. */
async function spanMaker(options: TracingOptions): Promise<SpanMaker | undefined> {
  checkTracingOptions(options);
  // OpenTelemetry: "Environment Variable Specification", general SDK configuration.
  if (process.env['OTEL_SDK_DISABLED']?.toLowerCase() === 'true') return undefined;
  const api = await import('@opentelemetry/api').catch(missingPeers('TracingModule', '@opentelemetry/api'));
  const { flushTimeout = DEFAULT_TIMEOUT } = options;
  const provider = (options.provider as TracerProvider | undefined) ?? api.trace.getTracerProvider();
  const hasSdk = isRegistered(provider);
  if (!hasSdk && options.optional === true) return undefined;
  warnOfMissing(hasSdk, api);
  setTraceContext(() => currentTrace(api));
  return new SpanMaker(api, provider.getTracer('lambent'), new SpanFlush(provider, flushTimeout));
}

/** The API hands out a proxy, so that an SDK may be registered later. */
function isRegistered(provider: TracerProvider): boolean {
  const { getDelegateTracer } = provider as Partial<ProxyTracerProvider>;
  return typeof getDelegateTracer !== 'function' || getDelegateTracer.call(provider, 'lambent') !== undefined;
}

/** Warns of an SDK that is missing or incomplete: there would be no traces, or unconnected ones. */
function warnOfMissing(hasSdk: boolean, { context, createContextKey, ROOT_CONTEXT }: Telemetry): void {
  if (!hasSdk)
    return getLogger().warning(
      'TracingModule: no OpenTelemetry SDK is registered, so nothing is traced. Register one before the application ' +
        'is created, as with NodeTracerProvider.register(). If it may run without one, set the option optional or ' +
        'OTEL_SDK_DISABLED=true.',
    );
  const key = createContextKey('lambent');
  const seen = context.with(ROOT_CONTEXT.setValue(key, true), () => context.active().getValue(key));
  if (seen) return;
  // Every span of your own and of AWS clients would begin a trace of its own.
  getLogger().warning(
    'TracingModule: the OpenTelemetry SDK has no context manager, so spans are not nested. Set one before the ' +
      'application is created, as with NodeTracerProvider.register().',
  );
}

/** The headers that continue the current trace, for messages. */
function currentTrace({ context, trace, isSpanContextValid }: Telemetry): Readonly<Record<string, string>> {
  const span = trace.getSpanContext(context.active());
  if (!span || !isSpanContextValid(span)) return {};
  const tracestate = span.traceState?.serialize();
  const traceparent = `00-${span.traceId}-${span.spanId}-0${span.traceFlags & 1}`;
  return tracestate ? { traceparent, tracestate } : { traceparent };
}

function eventSpans(maker: SpanMaker | undefined, options: TracingOptions): EventSpans | NoSpans {
  return maker ? new EventSpans(maker, options) : new NoSpans();
}

function traceClients(maker: SpanMaker | undefined, ...clients: unknown[]): number {
  if (maker) for (const client of clients) traceClient(client, maker);
  return clients.length;
}

/** Stands in for spans where tracing is off. The application leaves it out. */
export class NoSpans implements EventObserver, Interceptor {
  readonly intercepts = false;
  readonly isOff = true;

  begin(): ObservedEvent {
    return { ended: () => undefined };
  }

  intercept(_context: ExecutionContext, next: CallHandler): Promise<unknown> {
    return next.handle();
  }
}
brand(NoSpans, 'EventObserver');
