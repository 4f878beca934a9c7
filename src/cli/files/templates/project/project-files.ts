import type { Files } from '../../changes.js';
import { ciText, gitignoreText, jestConfigText, manifestText, tsconfigText } from './config-files.js';
import type { ProjectSettings } from './project-settings.js';
import { readmeText } from './readme.js';
import { samTemplateText } from './sam-template.js';
import { appModuleText, handlerText, helloFiles } from './source-files.js';

/** Returns all files of a new project. */
export function projectFiles(settings: ProjectSettings): Files {
  return {
    'package.json': manifestText(settings),
    'tsconfig.json': tsconfigText(),
    'jest.config.js': jestConfigText(),
    '.gitignore': gitignoreText(),
    '.github/workflows/ci.yml': ciText(),
    'template.yaml': samTemplateText(settings),
    'README.md': readmeText(settings),
    'src/app.module.ts': appModuleText(),
    'src/handler.ts': handlerText(),
    ...Object.fromEntries(Object.entries(helloFiles()).map(([path, text]) => [`src/hello/${path}`, text])),
  };
}
