import { Module } from 'lambent';
import { DatabaseModule } from '../database/database.module.js';
import { SalesConsumer } from './sales.consumer.js';
import { SalesRepository } from './sales.repository.js';

@Module({
  imports: [DatabaseModule],
  providers: [SalesConsumer, SalesRepository],
  exports: [SalesRepository],
})
export class ProjectionsModule {}
