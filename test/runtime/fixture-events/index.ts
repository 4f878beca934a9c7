import 'reflect-metadata';
import { LambdaApplication, Module } from 'lambent';
import { ApiAuthorizer } from './api.authorizer.js';
import { ChatGateway } from './chat.gateway.js';
import { OrdersConsumer } from './orders.consumer.js';

/** One function behind queues, topics, streams, an API's authorizer and a WebSocket API. */
@Module({ providers: [OrdersConsumer, ApiAuthorizer, ChatGateway] })
class EventsModule {}

export const { handler } = await LambdaApplication.create(EventsModule).ready();
