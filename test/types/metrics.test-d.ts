// Compiled by `npm run types`, never run.
import { MetricUnit as PowertoolsUnit } from '@aws-lambda-powertools/metrics';
import type { DynamicModule } from '../../src/index.js';
import { type Metrics, type MetricUnit, MetricsModule } from '../../src/observability/index.js';
import { expectType, type Same } from './expect-type.js';

declare const metrics: Metrics;

metrics.addMetric('Placed', 'Count', 1).addDimension('plan', 'free').addMetadata('order', '7');
metrics.addMetric('Size', 'Kilobytes/Second', 1, 1);
metrics.addMetric('Took', PowertoolsUnit.Milliseconds, 1);
metrics.singleMetric().addDimension('job', 'nightly').addMetric('Rows', 'None', 1);
// @ts-expect-error -- no unit of CloudWatch
metrics.addMetric('Placed', 'Hours', 1);
// @ts-expect-error -- a value is a number
metrics.addMetric('Placed', 'Count', '1');
// @ts-expect-error -- CloudWatch has these two
metrics.addMetric('Placed', 'Count', 1, 5);
// @ts-expect-error -- a dimension is text
metrics.addDimension('order', 7);

expectType<Same<MetricUnit, (typeof PowertoolsUnit)[keyof typeof PowertoolsUnit]>>();

const imported: DynamicModule = MetricsModule.forRoot({ namespace: 'shop', defaults: ['latency', 'coldStarts'] });
void imported;
// @ts-expect-error -- an unknown option
MetricsModule.forRoot({ namespase: 'shop' });
// @ts-expect-error -- an unknown default
MetricsModule.forRoot({ defaults: ['speed'] });
