import { IsNotEmpty, IsString } from 'class-validator';
import { Body, Query } from '../../src/decorators/parameters.js';
import { Controller, Post } from '../../src/decorators/routes.js';
import { createApp } from '../application/create-app.js';
import { captureStdout } from '../logging/captured-stdout.js';

class Tags {
  @IsString({ each: true }) tags!: string | string[];
}

class Thought {
  @IsString({ each: true }) @IsNotEmpty() tags!: string | string[];
}

@Controller()
class TagsController {
  @Post() add(@Body() tags: Tags, @Query() thought: Thought) {
    return { tags, thought };
  }

  @Post('more') more(@Body() tags: Tags) {
    return tags;
  }
}

test('a property whose list type only some compilers emit is reported at bootstrap, once', async () => {
  const stdout = captureStdout();
  const app = createApp({ controllers: [TagsController] }, { accessLog: false });
  await app.ready();
  await app.close();
  const lines = stdout.lines();
  jest.restoreAllMocks();
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatchObject({
    level: 'warning',
    message: expect.stringContaining('add @IsArray()') as string,
    properties: ['Tags.tags'],
  });
});
