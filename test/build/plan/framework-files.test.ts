import { findFramework } from '../../../src/build/plan/framework-files.js';

const installed = (folder: string) => ({
  resolve: (_source: string, importer = '') =>
    Promise.resolve(importer.startsWith(`${folder}/`) ? { id: `${folder}/node_modules/lambent/index.js` } : null),
});

test.each([
  'packages/api/src/handler.ts',
  ['packages/api/src/handler.ts', 'packages/api/src/jobs.ts'],
  { api: '/root/packages/api/src/handler.ts' },
])('is found where only the package of the entry has it: %j', async (entry) => {
  const files = await findFramework(installed('/root/packages/api'), { entry, cwd: '/root' });
  expect(files).toEqual({ folder: '/root/packages/api/node_modules/lambent', extension: '.js' });
  expect(await findFramework(installed('/root/packages/other'), { entry, cwd: '/root' })).toBeUndefined();
});
