import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { DEPLOYMENTS } from '../../../src/cli/files/templates/project/deployment/deployment-list.js';
import { FRONT_DOORS } from '../../../src/cli/files/templates/project/project-settings.js';
import { TEST_RUNNERS } from '../../../src/cli/files/templates/project/test-runners.js';
import { repository } from '../../package/manifest.js';
import { Workshop } from '../workshop.js';

let workshop: Workshop;

beforeAll(async () => {
  workshop = new Workshop();
  const runners = Object.keys(TEST_RUNNERS);
  for (const [index, tool] of Object.keys(DEPLOYMENTS).entries()) {
    for (const api of Object.keys(FRONT_DOORS)) {
      const flags = `--deploy ${tool} --api ${api} --test-runner ${runners[index % runners.length]!}`;
      await workshop.call(`new ${tool}/7-my.${api} --yes --no-install ${flags}`);
    }
  }
});

afterAll(() => rmSync(workshop.folder, { recursive: true }));

/** What a tool of the project says, without colours. */
function check(program: string, ...args: string[]): string {
  const { stdout, stderr } = spawnSync(join(repository, 'node_modules/.bin', program), args, {
    cwd: workshop.folder,
    env: { ...process.env, NODE_OPTIONS: '', NO_COLOR: '1' },
    encoding: 'utf8',
  });
  return stdout + stderr;
}

test('every new project is formatted as its own settings want it', () => {
  expect(check('oxfmt', '--check')).toContain('All matched files use the correct format.');
});

test('the linter finds nothing in any of them', () => {
  expect(check('oxlint', '--deny-warnings')).toContain('Found 0 warnings and 0 errors.');
});

test('a long name of a project is cut to what AWS takes', async () => {
  const name = `a${'-very'.repeat(40)}-long`;
  for (const tool of ['cdk', 'sam', 'serverless', 'sst', 'terraform'])
    await workshop.call(`new long-${tool}/${name} --yes --no-install --deploy ${tool}`);
  const text = (tool: string, path: string) => workshop.read(`long-${tool}/${name}/${path}`);
  const cut = 'a-very-very-very-very-very-very-very-v';
  expect(text('terraform', 'main.tf').match(/(?<=name +=) ".+"/g)).toEqual(Array(3).fill(` "${cut}"`));
  expect(text('sst', 'sst.config.ts')).toContain(`name: '${cut}',`);
  expect(text('serverless', 'serverless.yml')).toContain(`service: ${cut}\n`);
  expect(/new Stack\(app, '(\w+)'\)/.exec(text('cdk', 'infrastructure/app.ts'))![1]).toHaveLength(128);
});

describe.each(Object.keys(FRONT_DOORS))('behind %s', (api) => {
  const text = (tool: string, path: string) => workshop.read(`${tool}/7-my.${api}/${path}`);
  const events = { 'http-api': 'httpApi', 'rest-api': 'http', 'function-url': 'url' }[api]!;

  test('SAM, Terraform, Serverless and SST deploy what "lambent build" writes', () => {
    expect(parse(text('sam', 'template.yaml'), { logLevel: 'silent' })).toMatchObject({
      Resources: { Function: { Properties: { CodeUri: 'bundle/', Handler: 'handler.handler' } } },
    });
    expect(JSON.parse(text('sam', 'package.json'))).toMatchObject({
      scripts: { deploy: 'npm run build && sam deploy --guided' },
    });
    expect(text('terraform', 'main.tf')).toMatch(/source_dir +=.*"bundle"[^]*handler +=.*"handler.handler"/);
    expect(parse(text('serverless', 'serverless.yml'))).toMatchObject({
      service: 'app-7-my-' + api,
      functions: { function: { handler: 'bundle/handler.handler' } },
    });
    expect(text('terraform', 'main.tf')).toMatch(new RegExp(`function_name += "app-7-my-${api}"\n`));
    expect(text('sst', 'sst.config.ts')).toContain(`name: 'app-7-my-${api}',`);
    expect(text('serverless', 'serverless.yml')).toMatch(new RegExp(`^ +(?:- )?${events}: `, 'm'));
    expect(text('sst', 'sst.config.ts')).toMatch(/bundle: 'bundle',\s+handler: 'handler.handler'/);
  });

  test('a REST API treats every body as bytes, as that of the CDK does', () => {
    const files = [
      ['sam', 'template.yaml'],
      ['terraform', 'main.tf'],
      ['serverless', 'serverless.yml'],
      ['sst', 'sst.config.ts'],
    ] as const;
    const setting = /binary-?media-?types["' =:]+\[['"]\*(?:\/|~1)\*['"]\]/i;
    expect(files.filter(([tool, path]) => setting.test(text(tool, path)))).toEqual(api === 'rest-api' ? files : []);
  });

  test('the CDK makes the function from its sources', () => {
    expect(JSON.parse(text('cdk', 'cdk.json'))).toEqual({ app: 'node infrastructure/app.ts' });
    expect(text('cdk', 'infrastructure/app.ts')).toContain(`kind: '${api}'`);
    expect(text('cdk', 'infrastructure/app.ts')).toMatch(/new Stack\(app, 'App[A-Z0-9]\w+'\)/);
    expect(JSON.parse(text('cdk', 'package.json'))).toMatchObject({ scripts: { deploy: 'cdk deploy' } });
    expect(JSON.parse(text('cdk', 'tsconfig.json'))).toMatchObject({ include: ['src', 'infrastructure'] });
  });
});
