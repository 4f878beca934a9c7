import { basename, resolve } from 'node:path';
import { declaredTypes } from '../../build/declared-types/declared-types.js';
import { createOpenApiDocument } from '../../openapi/create-openapi-document.js';
import { givenOptions, type OpenApiOptions } from '../../openapi/openapi-options.js';
import { putFile } from '../files/changes.js';
import { defineCommand } from '../framework/command.js';
import { describeProject, ROOT_FLAGS } from '../project/describe-project.js';
import { projectFolder, projectManifest } from '../project/package-json.js';

export const command = defineCommand({
  name: 'openapi',
  about:
    'Write the OpenAPI document of an application. Reads metadata only; nothing is constructed.\n' +
    'Without an OpenApiModule, title and version come from package.json.',
  positionals: [],
  flags: {
    ...ROOT_FLAGS,
    out: {
      type: 'string',
      value: 'file',
      about: 'File inside the project to write to (default: stdout)',
    },
  },
  examples: [
    ['openapi', 'Print the document of AppModule in src/app.module.ts'],
    ['openapi --out openapi.json', 'Write it to a file, replacing its content'],
  ],
  async run(values, _args, context) {
    const description = await describeProject(values, context, [declaredTypes()]);
    const options = givenOptions(description) ?? projectInfo(projectFolder(context.cwd));
    const document = JSON.stringify(createOpenApiDocument(description, options), null, 2);
    if (values.out === undefined) return context.terminal.log(document);
    const file = resolve(context.cwd, values.out);
    context.terminal.log(await putFile(projectFolder(context.cwd), file, `${document}\n`));
  },
});

function projectInfo(root: string): Pick<OpenApiOptions, 'title' | 'version'> {
  const { name = basename(root), version = '0.0.0' } = projectManifest(root);
  return { title: name, version };
}
