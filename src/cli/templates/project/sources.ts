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

// What Lambda calls. The bootstrap is over before the first event comes.
// The options are those for a function that strangers reach: node_modules/lambent/docs/security.md.
export const { handler } = await LambdaApplication.create(AppModule, {
  // Members without a rule are refused, so that nothing reaches a method that nobody thought of.
  validation: { whitelist: true, forbidNonWhitelisted: true },
  // HSTS, no guessing of types, no frames, no referrers: on every answer.
  securityHeaders: true,
  // An unexpected error is a 500 that says nothing of it, with CORS headers where there are any. The log has it.
  unhandledErrors: 'respond',
  // No message is a request, whatever it looks like. Name the queues whose messages are.
  requestsVia: {},
  // More than a JSON body needs; a function that takes uploads needs more.
  bodyLimit: '1mb',
}).ready();
`;
}
