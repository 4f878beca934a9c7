import type { Service } from './service.js';

export const rateLimit: Service = {
  about: 'Request limits for each caller, counted in DynamoDB',
  packages: ['@aws-sdk/client-dynamodb'],
  folder: 'rate-limit',
  module: ['AppRateLimitModule', 'app-rate-limit.module'],
  lambentModule: 'RateLimitModule',
  variables: `# The DynamoDB table with the counts. Without it, each environment counts for itself.
RATE_LIMITS_TABLE=
`,
  next: ['Create the DynamoDB table, grant dynamodb:UpdateItem, and set RATE_LIMITS_TABLE for the deployed function.'],
  page: 'rate-limits.md',
  files: () => ({
    'app-rate-limit.module.ts': `import { Module } from 'lambent';
import { RateLimitModule } from 'lambent/rate-limit';
import { ContactController } from './contact.controller.js';

const table = process.env.RATE_LIMITS_TABLE;

/**
 * Counts requests in a table that all environments of the function share, or in memory on your machine. Because of
 * forRootAsync, deployment tools grant the right to use the table even where RATE_LIMITS_TABLE is not set.
 */
@Module({
  imports: [RateLimitModule.forRootAsync({ useFactory: () => ({ store: table ? { table } : 'memory' }) })],
  controllers: [ContactController],
})
export class AppRateLimitModule {}
`,
    'contact.controller.ts': `import { IsEmail, IsString, Length } from 'class-validator';
import { Controller, Post } from 'lambent';
import { RateLimit } from 'lambent/rate-limit';

export class MessageDto {
  @IsEmail()
  from!: string;

  @IsString()
  @Length(1, 1000)
  text!: string;
}

@Controller('contact')
export class ContactController {
  @RateLimit({ limit: 5, per: 'hour', by: 'ip' })
  @Post('/', { status: 202 })
  send({ from }: MessageDto) {
    return { replyTo: from };
  }
}
`,
    'contact.controller.spec.ts': `import { Test } from 'lambent/testing';
import { AppRateLimitModule } from './app-rate-limit.module.js';

test('POST /contact takes five messages an hour from one address', async () => {
  const app = await Test.createTestingModule({ imports: [AppRateLimitModule] }).compile();
  const payload = { from: 'ada@example.com', text: 'Hello' };
  const statuses = [];
  for (let count = 0; count < 6; count++) {
    const { statusCode } = await app.inject({ method: 'POST', url: '/contact', payload });
    statuses.push(statusCode);
  }
  expect(statuses).toEqual([202, 202, 202, 202, 202, 429]);
  await app.close();
});
`,
  }),
};
