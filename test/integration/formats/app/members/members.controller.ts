import { Body, Controller, Delete, Get, Param, Post, Query, Redirect, UseGuards, UseInterceptors } from 'lambent';
import { ApiKeyGuard, Public } from '../http/api-key.guard.js';
import { CsvResponse } from '../http/csv-response.js';
import { StampInterceptor } from '../http/stamp.interceptor.js';
import { Listing, type Member } from './member.js';
import { MembersService } from './members.service.js';
import { NewMember } from './new-member.js';
import { Page } from './page.js';

@Controller('members')
@UseGuards(ApiKeyGuard)
@UseInterceptors(StampInterceptor)
export class MembersController {
  constructor(private readonly members: MembersService) {}

  @Get()
  @Public()
  list(@Query() page: Page): object {
    const members = this.members.all();
    return { page, listing: new Listing(members), byCity: { London: { first: members[0] } } };
  }

  @Get('export')
  @Public()
  export(): CsvResponse {
    return new CsvResponse(this.members.all().map(({ id, name }) => [id, name]));
  }

  @Get('first')
  @Redirect('/members/7', 301)
  @Public()
  first(): void {}

  @Get(':id')
  @Public()
  find(@Param('id') id: number): Promise<Member> {
    return this.members.find(id);
  }

  @Post('/', { status: 201 })
  create(member: NewMember, @Body('name') sent: string): object {
    return { member: this.members.make(member), built: member instanceof NewMember, sent, phones: member.phones };
  }

  @Delete(':id')
  remove(): void {}
}
