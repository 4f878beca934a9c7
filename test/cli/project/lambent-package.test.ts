import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { projectProgram } from '../../../src/cli/project/lambent-package.js';
import { Workshop } from '../workshop.js';

const workshop = new Workshop({
  'shop/package.json': '{}',
  'shop/node_modules/lambent/package.json': '{ "bin": { "lambent": "./cli/main.js" } }',
  'shop/node_modules/lambent/cli/main.js': '',
  'empty/package.json': '{}',
});
const shop = join(workshop.folder, 'shop');
const own = join(shop, 'node_modules/lambent/cli/main.js');

afterAll(() => rmSync(workshop.folder, { recursive: true }));

test('the lambent of the project goes before the one that was called', () => {
  expect(projectProgram(['dev'], shop, '/usr/lib/node_modules/lambent/cli/main.js')).toBe(own);
  expect(projectProgram(['routes', '--json'], join(shop, 'src'), '/usr/lib/node_modules/lambent/cli/main.js')).toBe(
    own,
  );
});

test("the one that was called goes on where it is the project's, by a link too, and where there is none", () => {
  expect(projectProgram(['dev'], shop, own)).toBeUndefined();
  symlinkSync(shop, join(workshop.folder, 'linked'));
  expect(projectProgram(['dev'], join(workshop.folder, 'linked'), own)).toBeUndefined();
  expect(projectProgram(['dev'], join(workshop.folder, 'empty'), own)).toBeUndefined();
});

test.each([['new', 'shop'], ['n', 'shop'], ['--version'], ['--help']])(
  'lambent %s is answered by the one that was called',
  (...argv) => {
    expect(projectProgram(argv, shop, '/usr/lib/node_modules/lambent/cli/main.js')).toBeUndefined();
  },
);
