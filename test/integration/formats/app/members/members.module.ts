import { setTimeout } from 'node:timers/promises';
import { type DynamicModule, Module } from 'lambent';
import { MembersController } from './members.controller.js';
import { FIRST_ID, MembersService } from './members.service.js';

@Module({ controllers: [MembersController], providers: [MembersService], exports: [MembersService] })
export class MembersModule {
  static forRoot(firstId: number): DynamicModule {
    return {
      module: MembersModule,
      global: true,
      providers: [{ provide: FIRST_ID, useFactory: () => setTimeout(1, firstId) }],
    };
  }
}
