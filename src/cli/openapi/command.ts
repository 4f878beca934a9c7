import { resolve } from 'node:path';
import { createOpenApiDocument } from '../../openapi/create-openapi-document.js';
import { Changes } from '../changes.js';
import { defineCommand } from '../define-command.js';
import { describeProject, ROOT_FLAGS } from '../describe/describe-project.js';
import { projectFolder } from '../package-manifest.js';

export const command = defineCommand({
  name: 'openapi',
  about: 'Writes the OpenAPI document of an application that imports OpenApiModule, from its metadata: nothing is constructed.',
  takes: [],
  flags: {
    ...ROOT_FLAGS,
    out: { type: 'string', value: 'file', about: 'where to write it, inside of the project; on the terminal unless given' },
  },
  examples: [
    ['openapi', 'of AppModule in src/app.module.ts, on the terminal'],
    ['openapi --out openapi.json', 'into a file, in the place of what it held'],
  ],
  async run(values, _taken, workplace) {
    const document = JSON.stringify(createOpenApiDocument(await describeProject(values, workplace)), null, 2);
    if (values.out === undefined) return workplace.terminal.log(document);
    const changes = new Changes(projectFolder(workplace.cwd));
    changes.put(resolve(workplace.cwd, values.out), `${document}\n`);
    const [done = `UNCHANGED ${values.out}`] = await changes.write();
    workplace.terminal.log(done);
  },
});
