import { Controller, Get, Module } from 'lambent';
import { MembersService } from '../members/members.service.js';

@Controller('monthly')
export class MonthlyController {
  constructor(private readonly members: MembersService) {}

  @Get()
  list(): object {
    return { members: this.members.all().length };
  }
}

@Module({ controllers: [MonthlyController] })
export class ReportsModule {}
