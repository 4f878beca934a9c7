import type { FrontDoor, ProjectSettings } from './project-settings.js';

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

/** What the emulator calls it. */
const SOURCES: Readonly<Record<FrontDoor, string>> = { 'http-api': 'v2', 'rest-api': 'v1', 'function-url': 'function-url' };

export function localText({ frontDoor }: ProjectSettings): string {
  return `import { LambdaApplication } from 'lambent';
import { parseArguments, serve, usage } from 'lambent/local';
import { AppModule } from './app.module.js';

const { help, options } = parseArguments(process.argv.slice(2));
if (help) {
  console.log(usage);
} else {
  const { routes } = LambdaApplication.describe(AppModule);
  const app = await LambdaApplication.create(AppModule).ready();
  const server = await serve(app, { source: '${SOURCES[frontDoor]}', routes, ...options });
  process.once('SIGINT', async () => {
    await server.close();
    await app.close('SIGINT');
  });
}
`;
}

export function bundleText(): string {
  return `import { build } from 'lambent/build';

await build({ entry: 'src/handler.ts' });
`;
}
