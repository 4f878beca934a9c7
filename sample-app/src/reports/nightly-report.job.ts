import { Event, Injectable, Logger, OnSchedule } from 'lambent';
import { SalesRepository } from '../projections/sales.repository.js';
import { ReportsRepository } from './reports.repository.js';

const DAY = 24 * 60 * 60 * 1000;

/** Reports the sales of the day before the time at which the schedule was due, however late it runs. */
@Injectable()
export class NightlyReportJob {
  constructor(
    private readonly sales: SalesRepository,
    private readonly reports: ReportsRepository,
    private readonly logger: Logger,
  ) {}

  @OnSchedule({ cron: '10 0 * * ? *', name: 'nightly-report' })
  async report(@Event() { time }: { time: string }): Promise<void> {
    const sales = await this.sales.ofDay(dayBefore(time));
    await this.reports.put({ ...sales, reportedAt: new Date().toISOString() });
    this.logger.info('Daily report', { ...sales });
  }
}

function dayBefore(time: string): string {
  return new Date(Date.parse(time) - DAY).toISOString().slice(0, 10);
}
