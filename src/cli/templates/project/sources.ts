export function appModuleText(): string {
  return `import 'reflect-metadata';
import { Module } from 'lambent';
import { HelloModule } from './hello/hello.module.js';

@Module({
  imports: [HelloModule],
})
export class AppModule {}
`;
}

export function handlerText(): string {
  return `import { LambdaApplication } from 'lambent';
import { AppModule } from './app.module.js';

/** What Lambda calls. The bootstrap is over before the first event comes. */
export const { handler } = await LambdaApplication.create(AppModule).ready();
`;
}
