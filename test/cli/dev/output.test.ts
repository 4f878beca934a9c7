import { answering, type DevCommand, DevCommands } from './dev-command.js';

const commands = new DevCommands();

afterEach(commands.end);

function dev(handler: string, flags: readonly string[] = [], env: NodeJS.ProcessEnv = {}) {
  return commands.start({ 'src/handler.ts': handler }, flags, env);
}

const FAILING = `import 'reflect-metadata';
import { Body, Controller, Get, LambdaApplication, Module, Post } from 'lambent';

@Controller('orders')
class OrdersController {
  @Get()
  list() {
    return [];
  }

  @Post()
  create(@Body() body: { total: number }) {
    if (body.total < 0) throw new RangeError('A total below 0');
  }
}

@Module({ controllers: [OrdersController] })
class AppModule {}

export const { handler } = await LambdaApplication.create(AppModule).ready();
`;

async function post(command: DevCommand): Promise<number> {
  const headers = { 'content-type': 'application/json' };
  return (await fetch(`${await command.url()}/orders`, { method: 'POST', headers, body: '{"total":-1}' })).status;
}

test('an error is shown once, with its line of TypeScript and the request', async () => {
  const command = dev(FAILING);
  expect(await post(command)).toBe(500);
  await command.printed(/Caused by[^]*total/);
  expect(command.stdout).toMatch(/CRITICAL POST \/orders 500/);
  expect(command.stdout).toContain(`
  src/handler.ts:13
    10 |
    11 |   @Post()
    12 |   create(@Body() body: { total: number }) {
  > 13 |     if (body.total < 0) throw new RangeError('A total below 0');
       |                               ^
    14 |   }
    15 | }
    16 |

  Caused by
  POST /orders (api-gateway-v2)
  {"total":-1}
`);
  await command.stop();
  expect(command.output.match(/RangeError: A total below 0/g)).toHaveLength(1);
  expect(command.stderr).toBe('');
});

test('what a handler of no application throws is shown, too', async () => {
  const command = dev("export const handler = async () => {\n  throw new Error('by hand');\n};\n");
  await command.get('/x?y=1');
  await command.printed(/> 2 \| {3}throw new Error\('by hand'\);[^]*Caused by\n {2}GET \/x\?y=1/);
  const invoked = await fetch(`${await command.url()}/2015-03-31/functions/handler/invocations`, {
    method: 'POST',
    body: '{}',
  });
  expect(invoked.headers.get('x-amz-function-error')).toBe('Unhandled');
  const { errorType, errorMessage, trace } = (await invoked.json()) as {
    errorType: string;
    errorMessage: string;
    trace: string[];
  };
  expect([errorType, errorMessage, trace[0]]).toEqual(['Error', 'by hand', 'Error: by hand']);
  expect(trace[1]).toMatch(/src\/handler\.ts:2:9/);
});

test('--json shows the log as it is written, and nothing beside it on stdout', async () => {
  const command = dev(FAILING, ['--json'], { FORCE_COLOR: '1' });
  await command.get('/orders');
  await post(command);
  await command.stop();
  const lines = command.stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { type: string; level: string });
  expect(lines.map(({ type, level }) => `${type} ${level}`)).toEqual([
    'access info',
    'access critical',
    'runtime critical',
  ]);
  expect(command.stderr).toContain('Listening on');
});

test('no line is lost or merged, whatever is written in whatever pieces', async () => {
  const command = dev(`
    export const handler = async () => {
      for (let line = 0; line < 3000; line++) console.log('line ' + line + ' ' + 'ü'.repeat(line % 50));
      for (const piece of ['{"level":"info",', '"message":"in pie', 'ces"}\\n', 'half a line']) {
        process.stdout.write(piece);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      console.error('on stderr');
      return 'done';
    };`);
  expect(await command.get()).toBe('done');
  await command.stop();
  const lines = command.stdout.split('\n').filter((line) => line.startsWith('line '));
  expect(lines).toEqual(Array.from({ length: 3000 }, (_, line) => `line ${line} ${'ü'.repeat(line % 50)}`));
  expect(command.stdout).toMatch(/^INFO {5}in pieces\nhalf a line$/m);
  expect(command.stderr).toBe('on stderr\n');
});

test('colours are written where they are asked for', async () => {
  const command = dev(answering('here'), [], { FORCE_COLOR: '1' });
  await command.answers('here');
  expect(command.stdout).toContain('\u001B[32mHandler ready in ');
});

test("a gateway's result that a method returns is warned of", async () => {
  const command = dev(FAILING.replace('return [];', "return { statusCode: 404, body: 'no' };"));
  expect((await fetch(`${await command.url()}/orders`)).status).toBe(200);
  await command.printed(/WARNING +OrdersController\.list returned { statusCode, body }, which is sent as JSON/);
});
