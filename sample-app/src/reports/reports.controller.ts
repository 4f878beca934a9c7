import { Controller, Get, NotFoundException, Param } from 'lambent';
import { CacheControl } from 'lambent/cache';
import { ApiOperation, ApiResponse } from 'lambent/openapi';
import { Report } from './report.js';
import { ReportsRepository } from './reports.repository.js';

@Controller('reports')
export class ReportsController {
  constructor(private readonly reports: ReportsRepository) {}

  @ApiOperation({ summary: 'Get the report of a day' })
  @ApiResponse({ status: 200, type: Report })
  @ApiResponse({ status: 401, description: 'The API key is missing or wrong.' })
  @ApiResponse({ status: 404, description: 'Nothing was reported of that day.' })
  @CacheControl({ private: true, maxAge: 300 })
  @Get(':day(\\d{4}-\\d{2}-\\d{2})')
  async get(@Param('day') day: string) {
    const report = await this.reports.find(day);
    if (!report) throw new NotFoundException(`There is no report of ${day}`);
    return report;
  }
}
