import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { getLogger, InjectionToken, Module } from 'lambent';
import { OrdersConfig } from '../orders-config.js';
import { connect } from './connect.js';
import { type EmbeddedDatabase, startEmbeddedDatabase } from './embedded-database.js';
import { TABLE_NAME } from './table-name.js';

const EMBEDDED_DATABASE = new InjectionToken<EmbeddedDatabase | null>('EMBEDDED_DATABASE');

@Module({
  providers: [
    { provide: TABLE_NAME, inject: [OrdersConfig], useFactory: (config: OrdersConfig) => config.tableName },
    {
      provide: EMBEDDED_DATABASE,
      inject: [OrdersConfig],
      useFactory: (config: OrdersConfig) => (config.needsEmbeddedDatabase ? startEmbeddedDatabase() : null),
      dispose: (database: EmbeddedDatabase | null) => database?.close(),
    },
    {
      provide: DynamoDBDocumentClient,
      useFactory: connect,
      inject: [EMBEDDED_DATABASE, TABLE_NAME],
      dispose: (client: DynamoDBDocumentClient) => {
        client.destroy();
        getLogger().info('Database connections closed');
      },
    },
  ],
  exports: [TABLE_NAME, DynamoDBDocumentClient],
})
export class DatabaseModule {}
