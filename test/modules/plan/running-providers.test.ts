import { Injectable } from '../../../src/decorators/injectable.js';
import { Module } from '../../../src/decorators/module.js';
import { modulesPlan } from '../../../src/modules/plan/module-graph.js';
import { planModules } from '../../../src/modules/plan/plan-modules.js';
import { withRunningProviders } from '../../../src/modules/plan/running-providers.js';
import { forwardRef } from '../../../src/shared/token.js';

@Injectable()
class Store {}

@Module({ providers: [Store], exports: [Store] })
class StoreModule {}

@Module({})
class EmptyModule {}

test('a graph that is planned again refers to the providers that run, wherever they are seen', () => {
  @Module({ imports: [StoreModule] })
  class AppModule {}
  const running = modulesPlan(planModules(AppModule));
  const planned = planModules(AppModule);
  const again = withRunningProviders(planned, planned.order, running.order);
  const seen = [
    again.root.find(Store),
    ...again.modules.flatMap(({ plans, exported }) => [...plans, ...exported.values()]),
  ];
  expect(seen).toHaveLength(5);
  for (const plan of seen) expect(running.order).toContain(plan);
});

test('other providers than those that run are refused', () => {
  const modules = [EmptyModule, StoreModule, StoreModule];
  @Module({ imports: [forwardRef(() => modules.pop()!)] })
  class AppModule {}
  const running = modulesPlan(planModules(AppModule));
  const planAgain = () => {
    const planned = planModules(AppModule);
    return withRunningProviders(planned, planned.order, running.order);
  };
  expect(planAgain).not.toThrow();
  expect(planAgain).toThrow('EmptyModule in EmptyModule was not planned when the application started');
});
