import { brand } from '../shared/brand.js';
import type { DynamicModule } from '../shared/module.js';
import type { Constructor } from '../shared/types.js';

/** A path for the controllers of a module, and what is below it. */
export interface RouteTree {
  /** As in `admin` or `tenants/:tenant`. */
  path: string;
  /** The module whose controllers have the path as their prefix. */
  module?: Constructor;
  /** Modules below the path, with a path of their own or without. */
  children?: readonly (RouteTree | Constructor)[];
}

/** The argument of `RouterModule.register`. */
export type Routes = readonly RouteTree[];

/** The dynamic module that `RouterModule.register` returns. */
export interface RoutingModule extends DynamicModule {
  readonly routes: Routes;
}

/**
 * Gives the controllers of modules a prefix: `imports: [AdminModule, RouterModule.register([{ path: 'admin', module:
 * AdminModule }])]`.
 */
export class RouterModule {
  /** Returns a module to import beside those that the routes name. */
  static register(routes: Routes): DynamicModule {
    const module: RoutingModule = { module: RouterModule, routes };
    return module;
  }
}
brand(RouterModule, 'RouterModule');
