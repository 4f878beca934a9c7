import { APP_INTERCEPTOR } from '../../contracts/app-tokens.js';
import { type AsyncOptions, providedOptions } from '../../contracts/async-options.js';
import { builtInMetadata } from '../../metadata/class-metadata.js';
import { brand } from '../../shared/brand.js';
import type { DynamicModule } from '../../shared/module.js';
import { InjectionToken } from '../../shared/token.js';
import { EventMetrics } from './event-metrics.js';
import { checkMetricsOptions, type MetricsOptions, wantedDefaults } from './metrics-options.js';
import { Metrics } from './metrics.js';
import { openPowertools } from './powertools-lines.js';

/**
 * Provides {@link Metrics}, and measures requests and records if you ask for that, with Powertools: one log line of
 * CloudWatch's embedded metric format for each event.
 */
export class MetricsModule {
  /** @throws BootstrapError for an unknown option or an invalid value, at the latest at bootstrap. */
  static forRoot(options: MetricsOptions = {}): DynamicModule {
    checkMetricsOptions(options);
    return MetricsModule.forRootAsync({ useFactory: () => options });
  }

  /** Like {@link MetricsModule.forRoot}, for options that depend on other providers. */
  static forRootAsync(given: AsyncOptions<MetricsOptions>): DynamicModule {
    const { token, imports, provider } = providedOptions(MetricsModule, given);
    return {
      module: MetricsModule,
      global: true,
      imports,
      providers: [
        provider,
        { provide: EVENT_METRICS, inject: [token], useFactory: openEventMetrics },
        { provide: APP_INTERCEPTOR, useExisting: EVENT_METRICS },
        { provide: Metrics, inject: [EVENT_METRICS], useFactory: metricsOf },
      ],
      exports: [Metrics],
    };
  }
}
brand(MetricsModule, 'MetricsModule');
builtInMetadata(MetricsModule).module = {};

const EVENT_METRICS = new InjectionToken<EventMetrics>('EventMetrics');

async function openEventMetrics(options: MetricsOptions): Promise<EventMetrics> {
  checkMetricsOptions(options);
  return new EventMetrics(await openPowertools(options), wantedDefaults(options));
}

function metricsOf(events: EventMetrics): Metrics {
  return new Metrics(events);
}
