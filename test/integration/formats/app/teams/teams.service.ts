// oxlint-disable import/no-cycle -- a circle of modules must survive every format
import { forwardRef, Inject, Injectable, type Ref } from 'lambent';
import { CoachesService } from './coaches.service.js';

@Injectable()
export class TeamsService {
  constructor(@Inject(forwardRef(() => CoachesService)) private readonly coaches: Ref<CoachesService>) {}

  nameOf(coach: string): string {
    return `the team of ${coach}`;
  }

  describe(): string {
    return this.coaches.describe('Grace');
  }
}
