import { Exclude } from 'class-transformer';
import {
  Catch,
  type DynamicModule,
  type ExceptionFilter,
  getLogger,
  HttpException,
  Inject,
  Injectable,
  InjectionToken,
  JsonResponse,
  Logger,
  Module,
  NotFoundException,
} from 'lambent';

interface LegacyOptions {
  readonly library: string;
}

const OPTIONS = new InjectionToken<LegacyOptions>('LEGACY_OPTIONS');

class Book {
  @Exclude()
  readonly shelf = 'B-12';

  constructor(readonly title: string) {}
}

@Injectable()
export class LegacyShelf {
  constructor(
    private readonly logger: Logger,
    @Inject(OPTIONS) private readonly options: LegacyOptions,
  ) {}

  answer(title: string): unknown {
    this.logger.info('Looking for a book', { title });
    getLogger().set({ title });
    if (title === 'nothing') throw new NotFoundException('No such book', { errorDetail: 'looked everywhere' });
    if (title === 'plain') return { library: this.options.library, books: [new Book(title)] };
    return new JsonResponse(
      { library: this.options.library, title },
      { statusCode: 202, headers: { 'x-shelf': 'B' } },
    ).cookie('read', title);
  }
}

@Catch(HttpException)
export class LegacyErrorFilter implements ExceptionFilter<HttpException> {
  catch(error: HttpException): JsonResponse {
    return new JsonResponse({ legacy: error.detail }, { statusCode: error.statusCode });
  }
}

@Module({ providers: [LegacyShelf], exports: [LegacyShelf] })
export class LegacyModule {
  static forRoot(options: LegacyOptions): DynamicModule {
    return { module: LegacyModule, providers: [{ provide: OPTIONS, useValue: options }] };
  }
}

export const httpExceptionOfLibrary: unknown = HttpException;
