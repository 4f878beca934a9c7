import type { APIGatewayProxyWebsocketEventV2 } from 'aws-lambda';
import { IsString } from 'class-validator';
import { Event, getLogger, Injectable, OnWebSocket, UnauthorizedException } from 'lambent';

class Message {
  @IsString() text!: string;
}

type ConnectEvent = APIGatewayProxyWebsocketEventV2 & { queryStringParameters?: Record<string, string> };

@Injectable()
export class ChatGateway {
  @OnWebSocket('$connect')
  connect(@Event() { queryStringParameters }: ConnectEvent) {
    if (queryStringParameters?.['token'] !== 'secret') throw new UnauthorizedException();
  }

  @OnWebSocket('say')
  say({ text }: Message) {
    return { echo: text };
  }

  @OnWebSocket('$disconnect')
  disconnect(@Event() { requestContext }: ConnectEvent) {
    getLogger().set({ connection: requestContext.connectionId });
  }
}
