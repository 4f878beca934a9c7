import { LegacyModule } from 'formats-library';
import { lazy, Module } from 'lambent';
import { AnswersController } from './http/answers.controller.js';
import { HttpController } from './http/http.controller.js';
import { Tenant } from './http/tenant.js';
import { MembersModule } from './members/members.module.js';
import { ShelfController } from './shelf.controller.js';
import { TeamsModule } from './teams/teams.module.js';

@Module({
  imports: [
    MembersModule.forRoot(7),
    TeamsModule,
    LegacyModule.forRoot({ library: 'The old library' }),
    lazy('reports', () => import('./reports/reports.module.js').then((module) => module.ReportsModule)),
  ],
  controllers: [HttpController, AnswersController, ShelfController],
  providers: [Tenant],
})
export class AppModule {}
