import { until } from '../../until.js';
import { DevCommands, lives } from './dev-command.js';

const commands = new DevCommands();
const dev = commands.start;

afterEach(commands.end);

const lazily = (name: string) => `lazy('${name}', () => import('./${name}.js').then((all) => all.LazyModule))`;

/** An application with lazy modules, each in a file of its name. */
const appOf = (...names: string[]) => `
  import { appendFileSync } from 'node:fs';
  import { Controller, Get, Injectable, lazy, LambdaApplication, Module } from 'lambent';
  @Injectable() class Created { constructor() { appendFileSync('created.txt', '1'); } }
  @Controller() class Root { constructor(readonly created: Created) {} @Get('pid') pid() { return process.pid; } }
  @Module({ controllers: [Root], providers: [Created], imports: [${names.map(lazily).join()}] }) class AppModule {}
  export const { handler } = await LambdaApplication.create(AppModule).ready();`;

/** A lazy module that answers with `text`, and logs when it is imported. */
const answers = (text: string, more = '', inModule = '') => `
  import { Controller, Get, Injectable, lazy, Module, OnSqs } from 'lambent';
  console.log('imported ${text}');
  ${more}
  @Controller() class Lazy { @Get() get() { return '${text}'; } }
  @Module({ controllers: [Lazy], ${inModule} }) export class LazyModule {}`;

const CONSUMER = "@Injectable() class Jobs { @OnSqs('jobs') run() {} }";

test('mistakes of lazy modules are printed at a start and after each change, and nothing is created for that', async () => {
  const command = dev({
    'src/handler.ts': appOf('good', 'consuming', 'throwing', 'nesting'),
    'src/good.ts': answers('good'),
    'src/consuming.ts': answers('consuming', CONSUMER, 'providers: [Jobs]'),
    'src/throwing.ts': answers('throwing', "JSON.parse('{');"),
    'src/nesting.ts': answers('nesting', '', `imports: [${lazily('missing')}]`),
    'src/missing.ts': answers('missing', 'class Missing {}', 'providers: [{ provide: 1, useExisting: Missing }]'),
  });
  await command.printed(/A lazy module has a mistake: requests for it will fail/);
  expect(command.output).toMatch(
    /LazyModule is loaded lazily.* Jobs\.run would get no events.*\(in lazy\("consuming"\)\)/s,
  );
  expect(command.output).toMatch(/SyntaxError: .*\(in lazy\("throwing"\)\)\n.*src\/throwing\.ts:4/s);
  expect(command.output).toContain('(in lazy("nesting/missing"))');
  expect(command.output).not.toMatch(/^imported/m);
  expect(command.workshop.read('created.txt')).toBe('1');
  expect(await command.get('/good')).toBe('"good"');
  expect(command.output).not.toContain('lazy("good")');

  command.workshop.write('src/good.ts', answers('changed', CONSUMER, 'providers: [Jobs]'));
  await command.printed(/\(in lazy\("good"\)\)/);
});

test('a lazy module that never loads delays nothing, and its check ends with the command', async () => {
  const command = dev({
    'src/handler.ts': appOf('hanging'),
    'src/hanging.ts': answers('hanging', 'setInterval(() => undefined, 1000); await new Promise(() => undefined);'),
  });
  await command.get('/pid');
  // The function, the spare process, and the check.
  await until('the check', () => command.children().length === 3);
  const children = command.children();
  await command.stop();
  expect(children.filter(lives)).toEqual([]);
});
