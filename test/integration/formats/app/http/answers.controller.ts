import { ConflictException, Controller, Cors, Get, Header } from 'lambent';

@Controller('answers')
@Cors({ origin: 'https://app.example' })
export class AnswersController {
  @Get('csv')
  @Header('content-type', 'text/csv')
  csv(): string {
    return 'a,"b"\n';
  }

  @Get('taken')
  taken(): AsyncIterable<string> {
    return taken();
  }

  @Get('blob')
  blob(): Blob {
    return new Blob(['one ', 'two'], { type: 'text/csv' });
  }

  @Get('web')
  web(): object {
    return globalThis.Response.json({ a: 1 }, { status: 201, headers: { 'x-web': '1' } });
  }

  @Get('gone')
  gone(): void {
    throw { statusCode: 410, message: 'Gone for good' };
  }
}

async function* taken(): AsyncGenerator<string> {
  yield '';
  throw new ConflictException('taken');
}
