// Writes the sources of a graph for frameworks with NestJS's decorators: modules in a chain, each with ten controllers
// of one route and a service that takes the service of the module before.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONTROLLERS } from '../../contestants/shared/route-patterns.mjs';

const ENTRIES = {
  lambent: `import 'reflect-metadata';
import { LambdaApplication } from 'lambent';
import { RootModule } from './root.js';

export const { handler } = await LambdaApplication.create(RootModule, { accessLog: false }).ready();
`,
  '@nestjs/common': `import 'reflect-metadata';
import serverlessExpress from '@codegenie/serverless-express';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { RootModule } from './root.js';

const app = await NestFactory.create(RootModule, new ExpressAdapter(), { logger: false });
await app.init();
export const handler = serverlessExpress({ app: app.getHttpAdapter().getInstance(), resolutionMode: 'PROMISE' });
`,
};

/**
 * Writes the graph of `size` modules into a folder, a file for each module.
 *
 * @param framework the package of the decorators
 * @returns the file that exports the handler
 */
export function writeModuleGraph(folder, framework, size) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (let index = 0; index < size; index++)
    writeFileSync(join(folder, `module-${index}.ts`), moduleSource(framework, index));
  writeFileSync(join(folder, 'root.ts'), rootSource(framework, size));
  writeFileSync(join(folder, 'index.ts'), ENTRIES[framework]);
  return join(folder, 'index.ts');
}

function rootSource(framework, size) {
  const numbers = Array.from({ length: size }, (_, index) => index);
  return `import { Module } from '${framework}';
${numbers.map((index) => `import { Module${index} } from './module-${index}.js';`).join('\n')}

@Module({ imports: [${numbers.map((index) => `Module${index}`).join(', ')}] })
export class RootModule {}
`;
}

function moduleSource(framework, index) {
  const controllers = Array.from({ length: CONTROLLERS }, (_, nth) => index * CONTROLLERS + nth);
  const before = index - 1;
  return `import { Controller, Get, Injectable, Module, Param } from '${framework}';
${index === 0 ? '' : `import { Module${before}, Service${before} } from './module-${before}.js';\n`}
@Injectable()
export class Service${index} {
${index === 0 ? '' : `  constructor(private readonly before: Service${before}) {}\n`}
  find(id: string) {
    return { id };
  }
}
${controllers.map((nth) => controllerSource(nth, index)).join('')}
@Module({
  imports: [${index === 0 ? '' : `Module${before}`}],
  controllers: [${controllers.map((nth) => `Controller${nth}`).join(', ')}],
  providers: [Service${index}],
  exports: [Service${index}],
})
export class Module${index} {}
`;
}

function controllerSource(number, module) {
  return `
@Controller('c${number}')
class Controller${number} {
  constructor(private readonly items: Service${module}) {}

  @Get('items/:id')
  find(@Param('id') id: string) {
    return this.items.find(id);
  }
}
`;
}
