import 'reflect-metadata';
import { Controller, Get, LambdaApplication, Module } from 'lambent';

@Controller('hello')
class HelloController {
  @Get()
  greet() {
    return { message: 'Hello' };
  }
}

@Module({ controllers: [HelloController] })
class HelloModule {}

export const { handler } = await LambdaApplication.create(HelloModule).ready();
