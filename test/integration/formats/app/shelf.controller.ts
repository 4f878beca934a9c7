import { LegacyErrorFilter, LegacyShelf } from 'formats-library';
import { Controller, Get, HttpException, NotFoundException, Param, UseFilters } from 'lambent';

/** Works with a library that has a copy of Lambent of its own, or the same, as the format brings it. */
@Controller('shelf')
export class ShelfController {
  constructor(private readonly shelf: LegacyShelf) {}

  @Get('filtered')
  @UseFilters(LegacyErrorFilter)
  filtered(): never {
    throw new HttpException(410, 'Our own error');
  }

  @Get('told')
  told(): object {
    try {
      this.shelf.answer('nothing');
      return {};
    } catch (error) {
      return { http: error instanceof HttpException, notFound: error instanceof NotFoundException };
    }
  }

  @Get(':title')
  find(@Param('title') title: string): unknown {
    return this.shelf.answer(title);
  }
}
