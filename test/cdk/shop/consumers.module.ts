import {
  Body,
  Injectable,
  Module,
  OnAuthorize,
  OnDynamoDb,
  OnEvent,
  OnEventBridge,
  OnKafka,
  OnKinesis,
  OnMq,
  OnS3,
  OnSchedule,
  OnSns,
  OnSqs,
  OnWebSocket,
} from 'lambent';

/** One consumer of each kind at least. */
@Injectable()
export class Everything {
  @OnSqs('orders')
  ship(@Body() order: { id: string }) {
    if (order.id === 'lost') throw new Error('no such order');
  }

  @OnSqs('returns-*')
  takeBack() {}

  @OnSns('alerts')
  warn() {}

  @OnKinesis('clicks')
  count() {}

  @OnDynamoDb()
  project() {}

  @OnKafka('payments')
  pay() {}

  @OnMq('letters')
  read() {}

  @OnS3({ bucket: 'uploads', event: 'ObjectCreated:*' })
  scan() {}

  @OnS3({ bucket: 'uploads', event: 's3:ObjectCreated:Put' })
  put() {}

  @OnS3({ bucket: 'uploads', event: 'ObjectRemoved:Delete' })
  forget() {}

  @OnSchedule('nightly')
  report() {}

  @OnEventBridge({ source: 'shop.*', detailType: 'Paid' })
  paid() {}

  @OnEventBridge({ source: 'shop.orders' })
  ordered() {}

  @OnWebSocket('$connect')
  connect() {}

  @OnWebSocket('say')
  say() {}

  @OnAuthorize()
  authorize() {
    return true;
  }

  @OnEvent((event) => event === 'ping')
  ping() {}
}

@Module({ providers: [Everything] })
export class ConsumersModule {}
