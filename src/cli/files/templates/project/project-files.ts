import type { Files } from '../../changes.js';
import {
  ciText,
  editorFiles,
  envExampleText,
  gitignoreText,
  manifestText,
  oxfmtText,
  oxlintText,
  tsconfigText,
} from './config-files.js';
import { DEPLOYMENTS } from './deployment/deployment-list.js';
import { PACKAGE_MANAGERS } from './package-managers.js';
import type { ProjectSettings } from './project-settings.js';
import { readmeText } from './readme.js';
import { appModuleText, handlerText, helloFiles, optionsText } from './source-files.js';
import { TEST_RUNNERS } from './test-runners.js';

/** Returns all files of a new project. */
export function projectFiles(settings: ProjectSettings): Files {
  const { configPath, config } = TEST_RUNNERS[settings.testRunner];
  return {
    'package.json': manifestText(settings),
    'tsconfig.json': tsconfigText(settings),
    [configPath]: config,
    '.oxlintrc.json': oxlintText(),
    '.oxfmtrc.json': oxfmtText(),
    '.env.example': envExampleText(),
    '.gitignore': gitignoreText(settings),
    ...(!settings.inRepository && { '.github/workflows/ci.yml': ciText(settings) }),
    ...editorFiles(settings),
    ...PACKAGE_MANAGERS[settings.packageManager].files,
    ...DEPLOYMENTS[settings.deployment].files(settings),
    'README.md': readmeText(settings),
    'src/app.module.ts': appModuleText(settings),
    'src/handler.ts': handlerText(),
    'src/options.ts': optionsText(),
    ...helloFiles(),
  };
}
