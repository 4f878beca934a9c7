import { setTimeout as pause } from 'node:timers/promises';
import { Controller, Get, getLogger, LambdaApplication, Module, Param, Request } from 'lambent';

export const made = { singletons: 0, perRequest: 0 };

class Singleton {
  constructor() {
    made.singletons++;
  }
}

class Caller {
  constructor(request) {
    made.perRequest++;
    this.path = request.path;
  }
}

class EchoController {
  constructor(_singleton, caller) {
    this.caller = caller;
  }

  async echo(id) {
    getLogger().set({ before: id });
    await pause(20);
    getLogger().info('After a while', { caller: this.caller.path });
    return { id, path: this.caller.path };
  }
}

// As tsc would emit the decorators.
const method = Object.getOwnPropertyDescriptor(EchoController.prototype, 'echo');
Param('id')(EchoController.prototype, 'echo', 0);
Get('echo/:id')(EchoController.prototype, 'echo', method);
Reflect.defineMetadata('design:paramtypes', [String], EchoController.prototype, 'echo');
Controller()(EchoController);
Reflect.defineMetadata('design:paramtypes', [Singleton, Caller], EchoController);
Reflect.defineMetadata('design:paramtypes', [Request], Caller);

class AppModule {}
Module({ controllers: [EchoController], providers: [Singleton, Caller] })(AppModule);

export const app = await LambdaApplication.create(AppModule).ready();
