import 'reflect-metadata';
import type { ApplicationOptions } from '../../../../src/application/options/application-options.js';
import { Body, Controller, Get, Module, Post, Query } from '../../../../src/index.js';
import type { ModuleReference } from '../../../../src/shared/module.js';
import type { Constructor } from '../../../../src/shared/types.js';

/** What `LambdaApplication.create` is given. */
export interface Created {
  readonly root: ModuleReference;
  readonly options?: ApplicationOptions;
}

/** Applications that the environment decides one thing of: whether a variable is set. */
export type Variants = Readonly<Record<string, (on: boolean) => Created>>;

export function moduleOf(metadata: object, options?: ApplicationOptions): Created {
  @Module(metadata)
  class AppModule {}
  return { root: AppModule, ...(options && { options }) };
}

export function withController(type: Function, options?: ApplicationOptions): Created {
  return moduleOf({ controllers: [type] }, options);
}

/** An application that reads a DTO class from JSON and from text. */
export function dtoApp(Dto: Function, options?: ApplicationOptions): Created {
  @Controller('dtos')
  class Dtos {
    @Post() post(@Body(Dto as Constructor) body: object) {
      return body;
    }
    @Get() get(@Query(Dto as Constructor) query: object) {
      return query;
    }
  }
  return withController(Dtos, options);
}
