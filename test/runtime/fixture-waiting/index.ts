import 'reflect-metadata';
import {
  Controller,
  Event,
  Get,
  Injectable,
  LambdaApplication,
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
  Signal,
  StreamResponse,
  Timeout,
} from 'lambent';
import { hang, never } from './never.js';
import { openPool } from './open-pool.js';

if (process.env['OPEN'] === 'pool') await openPool();

@Controller()
class Routes {
  @Get('quick') quick() {
    return 'quick';
  }

  @Get('hang') hang(signal: AbortSignal) {
    return hang(signal);
  }

  @Get('limited') @Timeout(0.05) limited(signal: AbortSignal) {
    return hang(signal);
  }

  @Get('stream') stream() {
    return new StreamResponse(
      (async function* () {
        yield await never();
      })(),
    );
  }
}

@Injectable()
class Consumers {
  @OnSqs('orders')
  @OnSns('orders')
  @OnMq('orders')
  @OnKinesis('orders')
  @OnDynamoDb('orders')
  @OnKafka('orders')
  @OnS3({ bucket: 'orders' })
  @OnEventBridge({ source: 'shop' })
  @OnSchedule('nightly')
  @OnWebSocket('say')
  @OnAuthorize()
  @OnEvent((event) => Object.hasOwn(event as object, 'action'))
  take(@Event() _event: unknown, @Signal() signal: AbortSignal) {
    return hang(signal);
  }
}

@Module({ controllers: [Routes], providers: [Consumers] })
class WaitingModule {}

// 150 of the 1500 ms that the tests give an invocation.
const app = await LambdaApplication.create(WaitingModule, { timeoutMargin: 1350 }).ready();

export const { handler, streamingHandler } = app;
