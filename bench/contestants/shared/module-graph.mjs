const CONTROLLERS = 10;

/**
 * A graph for any framework with NestJS's decorators: `size` modules in a chain, each with ten controllers of one
 * route and a service that takes the service of the module before.
 *
 * @param decorators `Controller Get Inject Injectable Module Param` of the framework
 * @returns the root module
 */
export function moduleGraph(decorators, size) {
  const { Module } = decorators;
  class Root {}
  const modules = [];
  let previous;
  for (let index = 0; index < size; index++) {
    previous = makeModule(decorators, index, previous);
    modules.push(previous.module);
  }
  Module({ imports: modules })(Root);
  return Root;
}

/** The routes of the graph, one for each controller. */
export function routePatterns(size) {
  return Array.from({ length: size * CONTROLLERS }, (_, index) => `/c${index}/items/:id`);
}

function makeModule(decorators, index, previous) {
  const { Module } = decorators;
  const service = makeService(decorators, previous?.service);
  const controllers = Array.from({ length: CONTROLLERS }, (_, nth) =>
    makeController(decorators, `c${index * CONTROLLERS + nth}`, service),
  );
  class Feature {}
  Module({ imports: previous ? [previous.module] : [], providers: [service], controllers, exports: [service] })(
    Feature,
  );
  return { module: Feature, service };
}

function makeService({ Injectable, Inject }, dependency) {
  class Service extends (dependency ? Items : FirstItems) {}
  Injectable()(Service);
  if (!dependency) return Service;
  Reflect.defineMetadata('design:paramtypes', [dependency], Service);
  Inject(dependency)(Service, undefined, 0);
  return Service;
}

class FirstItems {
  find(id) {
    return { id };
  }
}

class Items extends FirstItems {
  constructor(inner) {
    super();
    this.inner = inner;
  }
}

function makeController({ Controller, Get, Inject, Param }, path, service) {
  class ItemsController {
    constructor(items) {
      this.items = items;
    }

    find(id) {
      return this.items.find(id);
    }
  }
  Reflect.defineMetadata('design:paramtypes', [service], ItemsController);
  Inject(service)(ItemsController, undefined, 0);
  const { prototype } = ItemsController;
  Reflect.defineMetadata('design:paramtypes', [String], prototype, 'find');
  Param('id')(prototype, 'find', 0);
  Get('items/:id')(prototype, 'find', Object.getOwnPropertyDescriptor(prototype, 'find'));
  Controller(path)(ItemsController);
  return ItemsController;
}
