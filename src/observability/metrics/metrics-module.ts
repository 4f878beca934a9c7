import { APP_INTERCEPTOR } from '../../contracts/app-tokens.js';
import { ASYNC_RULES, type AsyncOptions } from '../../contracts/async-options.js';
import { checkOptions } from '../../errors/check-options.js';
import { ownClassMetadata } from '../../metadata/class-record.js';
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
    checkOptions(given, ASYNC_RULES, 'the options of MetricsModule');
    const { imports = [], inject = [], useFactory } = given;
    const options = new InjectionToken<MetricsOptions>('MetricsModule options');
    return {
      module: MetricsModule,
      global: true,
      imports,
      providers: [
        { provide: options, inject, useFactory },
        { provide: EVENT_METRICS, inject: [options], useFactory: openEventMetrics },
        { provide: APP_INTERCEPTOR, useExisting: EVENT_METRICS },
        { provide: Metrics, inject: [EVENT_METRICS], useFactory: metricsOf },
      ],
      exports: [Metrics],
    };
  }
}
brand(MetricsModule, 'MetricsModule');
ownClassMetadata(MetricsModule).module = {};

const EVENT_METRICS = new InjectionToken<EventMetrics>('EventMetrics');

async function openEventMetrics(options: MetricsOptions): Promise<EventMetrics> {
  checkMetricsOptions(options);
  return new EventMetrics(await openPowertools(options), wantedDefaults(options));
}

function metricsOf(events: EventMetrics): Metrics {
  return new Metrics(events);
}
