import { Controller, Get, NotFoundException, Param } from 'lambent';
import { ReportsRepository } from './reports.repository.js';

@Controller('reports')
export class ReportsController {
  constructor(private readonly reports: ReportsRepository) {}

  @Get(':day(\\d{4}-\\d{2}-\\d{2})')
  async get(@Param('day') day: string) {
    const report = await this.reports.find(day);
    if (!report) throw new NotFoundException(`There is no report of ${day}`);
    return report;
  }
}
