import { Module } from 'lambent';
import { DatabaseModule } from '../database/database.module.js';
import { ProjectionsModule } from '../projections/projections.module.js';
import { NightlyReportJob } from './nightly-report.job.js';
import { ReportsController } from './reports.controller.js';
import { ReportsRepository } from './reports.repository.js';

@Module({
  imports: [DatabaseModule, ProjectionsModule],
  controllers: [ReportsController],
  providers: [NightlyReportJob, ReportsRepository],
})
export class ReportsModule {}
