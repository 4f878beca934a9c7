// oxlint-disable import/no-cycle -- a circle of modules must survive every format
import { forwardRef, Inject, Injectable, type Ref } from 'lambent';
import { TeamsService } from './teams.service.js';

@Injectable()
export class CoachesService {
  constructor(@Inject(forwardRef(() => TeamsService)) private readonly teams: Ref<TeamsService>) {}

  describe(coach: string): string {
    return `${coach} coaches ${this.teams.nameOf(coach)}`;
  }
}
