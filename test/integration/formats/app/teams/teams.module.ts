import { Controller, Get, Module } from 'lambent';
import { CoachesService } from './coaches.service.js';
import { TeamsService } from './teams.service.js';

@Controller('teams')
export class TeamsController {
  constructor(private readonly teams: TeamsService) {}

  @Get()
  describe(): string {
    return this.teams.describe();
  }
}

@Module({ controllers: [TeamsController], providers: [TeamsService, CoachesService] })
export class TeamsModule {}
