import { basename, resolve } from 'node:path';
import { declaredTypes } from '../../build/declared-types/declared-types.js';
import { createOpenApiDocument } from '../../openapi/create-openapi-document.js';
import { givenOptions, type OpenApiOptions } from '../../openapi/openapi-options.js';
import { Changes } from '../files/changes.js';
import { defineCommand } from '../framework/command.js';
import { describeProject, ROOT_FLAGS } from '../project/describe-project.js';
import { projectFolder, projectManifest } from '../project/package-json.js';

export const command = defineCommand({
  name: 'openapi',
  about:
    'Writes the OpenAPI document of an application from its metadata: nothing is constructed. Where it imports no OpenApiModule, the document goes by the name and version in package.json.',
  takes: [],
  flags: {
    ...ROOT_FLAGS,
    out: {
      type: 'string',
      value: 'file',
      about: 'where to write it, inside of the project; on the terminal unless given',
    },
  },
  examples: [
    ['openapi', 'of AppModule in src/app.module.ts, on the terminal'],
    ['openapi --out openapi.json', 'into a file, in the place of what it held'],
  ],
  async run(values, _taken, workplace) {
    const description = await describeProject(values, workplace, [declaredTypes()]);
    const options = givenOptions(description) ?? projectInfo(projectFolder(workplace.cwd));
    const document = JSON.stringify(createOpenApiDocument(description, options), null, 2);
    if (values.out === undefined) return workplace.terminal.log(document);
    const changes = new Changes(projectFolder(workplace.cwd));
    changes.put(resolve(workplace.cwd, values.out), `${document}\n`);
    const [done = `UNCHANGED ${values.out}`] = await changes.write();
    workplace.terminal.log(done);
  },
});

function projectInfo(root: string): Pick<OpenApiOptions, 'title' | 'version'> {
  const { name = basename(root), version = '0.0.0' } = projectManifest(root);
  return { title: name, version };
}
