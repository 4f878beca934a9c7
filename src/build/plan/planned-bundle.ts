import type { Plugin } from 'rolldown';
import { messageOf } from '../../shared/thrown.js';
import type { PresetSettings } from '../build-options.js';
import { plain } from '../bundle.js';
import type { BundlerPlugin, StartContext } from '../rolldown-types.js';
import { planApplications, type Planned, plansOf, UnbundledPlanner } from './plan-applications.js';
import { substitutePlanner } from './planner-substitute.js';

/**
 * Returns a plugin that plans the applications of a bundle when rolldown starts, and puts the plans into it. In watch
 * mode it does nothing, so that the bundle is there sooner.
 */
export function plannedBundle(settings: PresetSettings): BundlerPlugin {
  return substitutePlanner(settings, async (context, { plugins }) => {
    if (context.meta.watchMode) return undefined;
    const planned = await planOrWarn(settings, ofUser(plugins), context);
    for (const { name, outcome } of planned?.entries ?? []) {
      if (outcome.reason !== undefined) context.warn(`${name} is planned at each start, because ${outcome.reason}`);
      for (const { name: prefix, reason } of outcome.plans?.flatMap(({ items }) => items) ?? [])
        if (reason !== undefined)
          context.warn(`lazy("${prefix}") of ${name} is planned at its first request, because ${reason}`);
    }
    return planned && plansOf(planned);
  });
}

async function planOrWarn(
  settings: PresetSettings,
  plugins: readonly Plugin[],
  context: StartContext,
): Promise<Planned | undefined> {
  try {
    return await planApplications(settings, plugins);
  } catch (error) {
    // What only the user's configuration can bundle is no mistake. Otherwise rolldown will say the same.
    if (!(error instanceof UnbundledPlanner)) throw error;
    const message = plain(messageOf(error.cause));
    context.warn(`The application is planned at each start, because it cannot be bundled for planning: ${message}`);
    return undefined;
  }
}

/**
 * Returns what the user's plugins do to modules. The rest of a plugin, such as a report or files that it writes, is for
 * the bundle alone.
 */
function ofUser(plugins: readonly object[]): Plugin[] {
  return (plugins as readonly Plugin[]).flatMap(({ name, resolveId, load, transform }) => {
    if (name?.startsWith('lambent:')) return [];
    return { name, ...(resolveId && { resolveId }), ...(load && { load }), ...(transform && { transform }) };
  });
}
