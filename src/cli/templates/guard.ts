import type { ElementName } from './element-name.js';
import type { Files } from './files.js';

/** A new guard lets nobody pass: one that was forgotten must not be open. */
export function guardFiles({ kebab, pascal }: ElementName): Files {
  return {
    [`${kebab}.guard.ts`]: `import { type CanActivate, type ExecutionContext, Injectable } from 'lambent';

@Injectable()
export class ${pascal}Guard implements CanActivate {
  /** Nobody passes (403) until this says who may. */
  canActivate(_context: ExecutionContext): boolean {
    return false;
  }
}
`,
    [`${kebab}.guard.spec.ts`]: `import { Controller, Get, UseGuards } from 'lambent';
import { Test } from 'lambent/testing';
import { ${pascal}Guard } from './${kebab}.guard.js';

@Controller('guarded')
@UseGuards(${pascal}Guard)
class GuardedController {
  @Get()
  read(): string {
    return 'read';
  }
}

test('nobody passes', async () => {
  const app = await Test.createTestingModule({ controllers: [GuardedController] }).compile();
  const answer = await app.inject({ url: '/guarded' });
  expect(answer.statusCode).toBe(403);
  await app.close();
});
`,
  };
}
