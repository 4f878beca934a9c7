import { basename } from 'node:path';
import type { Plugin } from 'rolldown';
import type { PresetSettings } from '../build-options.js';
import {
  APPLICATION,
  fileOf,
  findFramework,
  type FrameworkFiles,
  leadsTo,
  moduleOf,
  PLANNER,
} from './framework-files.js';

/** The file of a planning bundle that plans, once the entry is imported. It exports `emit`. */
export const PLANNING_FILE = 'lambent-planner';

/** The file of a planning bundle that defines what Lambda's runtime does. It exports `installAwsLambda`. */
export const RUNTIME_FILE = 'lambent-runtime';

const ENTRY = '\0lambent:planning';

/**
 * Returns a plugin for a bundle that plans the application instead of running it. In it, `LambdaApplication.create`
 * only records what it is given, and each file of the framework tells what it exports.
 */
export function planningBundle(settings: PresetSettings): Plugin {
  let files: FrameworkFiles | undefined;
  return {
    name: 'lambent:planning',
    async buildStart() {
      files = await findFramework(this, settings);
      if (!files) return;
      this.emitFile({ type: 'chunk', id: ENTRY, name: PLANNING_FILE });
      this.emitFile({ type: 'chunk', id: fileOf(files, 'local/invoke/response-stream'), name: RUNTIME_FILE });
    },
    resolveId: {
      filter: { id: [/^\0lambent:planning$/, /lambda-application\.[jt]s$/] },
      handler(source, importer) {
        if (source === ENTRY) return ENTRY;
        if (!files || importer === undefined || !leadsTo(files, APPLICATION, source, importer)) return null;
        return fileOf(files, 'build/plan/recorded-application');
      },
    },
    load: {
      filter: { id: /^\0lambent:planning$/ },
      handler: () => files && entryText(files),
    },
    transform(code, id) {
      const module = files && moduleOf(files, id);
      // The index files only pass on what others export.
      if (module === undefined || basename(module) === 'index') return null;
      return { code: `${code}\n${announcement(module, id)}`, map: null, moduleSideEffects: true };
    },
  };
}

function entryText(files: FrameworkFiles): string {
  const path = (module: string) => JSON.stringify(fileOf(files, module));
  return `
import { planApplication } from ${path(PLANNER)};
import { emitApplications, emitLazyModule } from ${path('build/plan/emit-applications')};
export const emit = (lazy) => (lazy ? emitLazyModule(planApplication, lazy) : emitApplications(planApplication));`;
}

/** Returns the statement by which a file announces its exports: see `emitApplications`. */
function announcement(module: string, id: string): string {
  return `
import * as lambentExports from ${JSON.stringify(id)};
(globalThis[Symbol.for('lambent.namespaces')] ??= new Map()).set(${JSON.stringify(module)}, lambentExports);`;
}
