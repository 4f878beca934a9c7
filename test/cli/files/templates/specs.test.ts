import { elementName } from '../../../../src/cli/files/templates/element-name.js';
import { helloFiles } from '../../../../src/cli/files/templates/project/source-files.js';
import { SERVICES } from '../../../../src/cli/files/templates/services/service-list.js';
import { KINDS } from '../../../../src/cli/generate/kinds.js';

test('a spec whose application did not start closes none, which would hide why', () => {
  const all = [
    helloFiles(),
    ...Object.values(KINDS).map(({ files, role }) => files(elementName('orders', role))),
    ...Object.values(SERVICES).map((service) => service.files('shop')),
  ].flatMap((files) => Object.values(files));
  const hooks = all.flatMap((text) => text.match(/^after(?:All|Each)\(.*$/gm) ?? []);
  expect(hooks.length).toBeGreaterThan(5);
  expect(new Set(hooks)).toEqual(new Set(['afterAll(() => app?.close());', 'afterEach(() => app?.close());']));
});
