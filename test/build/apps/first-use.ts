import { IsEmail } from 'class-validator';
import {
  type CanActivate,
  Controller,
  type ExecutionContext,
  Form,
  Get,
  Header,
  HttpCode,
  LambdaApplication,
  Module,
  Post,
  Query,
  Redirect,
  UnauthorizedException,
  UseGuards,
} from 'lambent';

class Login {
  @IsEmail() email!: string;
}

/** Uses the event's response without naming its class. */
class CookieGuard implements CanActivate {
  canActivate({ request, response }: ExecutionContext): boolean {
    response.cookie('seen', request.cookies['session'] ?? 'never', { httpOnly: true });
    return true;
  }
}

@Controller()
class Features {
  @Get('plain') plain() {
    return { plain: true };
  }
  @Get('cookie') @UseGuards(CookieGuard) cookie() {
    return { cookie: true };
  }
  @Get('header') @Header('x-kind', 'own') header() {
    return { header: true };
  }
  @Get('redirect') @Redirect('/plain') redirect() {}
  @Get('bytes') bytes() {
    return new Uint8Array([255, 254]);
  }
  @Get('stream') async *stream() {
    yield 'one, ';
    yield 'two';
  }
  @Get('text') @Header('content-type', 'text/plain') text() {
    return 'text';
  }
  @Get('nothing') @HttpCode(202) nothing() {}
  @Get('refused') refused() {
    throw new UnauthorizedException('Who are you?', { headers: { 'www-authenticate': 'Bearer' } });
  }
  @Get('query') query(@Query() query: Record<string, unknown>) {
    return query;
  }
  @Post('login') login(login: Login) {
    return login;
  }
  @Post('form') form(@Form() fields: Record<string, unknown>) {
    return fields;
  }
}

@Module({ controllers: [Features] })
class AppModule {}

export const { handler } = await LambdaApplication.create(AppModule, {
  cors: { origin: 'https://app.example.com' },
  compression: { threshold: 10 },
  etag: true,
  securityHeaders: true,
  query: 'nested',
}).ready();

export const { handler: bare } = await LambdaApplication.create(AppModule, {
  accessLog: { redact: ['email'] },
}).ready();
