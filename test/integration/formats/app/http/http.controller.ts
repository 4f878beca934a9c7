import { setTimeout } from 'node:timers/promises';
import { IsBoolean, IsInt, IsString } from 'class-validator';
import {
  Body,
  BadRequestException,
  Controller,
  Cookies,
  createParamDecorator,
  Form,
  FormFile,
  Get,
  Headers,
  HttpException,
  Logger,
  ParseUUIDPipe,
  Post,
  Query,
  Request,
  Response,
  StreamResponse,
  Timeout,
  UploadedFile,
  UseFilters,
} from 'lambent';
import { FullError, FullFilter } from './full.filter.js';
import { Tenant } from './tenant.js';

const Agent = createParamDecorator(
  (prefix: string | undefined, { request }) => `${prefix}${request.header('user-agent')}`,
);

class Feedback {
  @IsString()
  text!: string;

  @IsInt()
  stars!: number;

  @IsBoolean()
  anonymous!: boolean;
}

@Controller('http')
export class HttpController {
  constructor(private readonly tenant: Tenant) {}

  @Get('types')
  byType(
    request: Request,
    response: Response,
    logger: Logger,
    signal: AbortSignal,
    @Agent('by ') agent: string,
  ): object {
    logger.info('By type', { path: request.path });
    logger.set({ tenant: this.tenant.name });
    response.cookie('seen', 'yes', { httpOnly: true });
    response.statusCode = 203;
    return { path: request.path, aborted: signal.aborted, agent, tenant: this.tenant.name };
  }

  @Get('values')
  values(
    @Query('tag') tags: string[],
    @Query('since') since: Date,
    @Query('on') on: boolean,
    @Query('id', ParseUUIDPipe) id: string,
    @Cookies('theme') theme: string,
    @Headers('x-count') count: number,
  ): object {
    return { tags, since, on, id, theme, count };
  }

  @Post('feedback')
  feedback(@Form() feedback: Feedback): object {
    return { ...feedback, built: feedback instanceof Feedback };
  }

  @Post('photo')
  photo(@Body('caption') caption: string, @UploadedFile('photo') photo?: FormFile): object {
    if (!photo) throw new BadRequestException('No photo');
    return {
      caption,
      name: photo.filename,
      type: photo.mediaType,
      bytes: [...photo.content],
      isFile: photo instanceof FormFile,
    };
  }

  @Get('bytes')
  bytes(): Buffer {
    return Buffer.from([0xff, 0xfe, 0x00, 0x80]);
  }

  @Get('stream')
  stream(): StreamResponse {
    return new StreamResponse(parts(), { mediaType: 'text/plain' });
  }

  @Get('slow')
  @Timeout(0.05)
  async slow(signal: AbortSignal): Promise<void> {
    await setTimeout(5_000, undefined, { signal });
  }

  @Get('teapot')
  teapot(): never {
    throw new HttpException(418, { short: 'stout' }, { headers: { 'x-tea': 'green' } });
  }

  @Get('full')
  @UseFilters(FullFilter)
  full(): never {
    throw new FullError(40);
  }

  @Get('broken')
  broken(): never {
    throw new RangeError('An index is out of bounds');
  }
}

async function* parts(): AsyncGenerator<string> {
  yield 'one ';
  await setTimeout(1);
  yield 'two';
}
