import type { ApplicationDescription } from '../contracts/application-description.js';
import type { Logger } from '../contracts/logger.js';
import type { ProviderLookup } from '../modules/instances/provider-lookup.js';
import type { BuiltIns } from '../modules/provider-plan.js';
import type { MaybePromise } from '../shared/types.js';
import type { EventContext } from './event/event-context.js';
import type { ApplicationConfig } from './options/application-config.js';

/**
 * Returns what the providers give that every application has.
 *
 * @param describe Describes the application.
 * @param lookup Returns its instances.
 */
export function builtIns(
  logger: Logger,
  { settings, json }: ApplicationConfig,
  describe: () => MaybePromise<ApplicationDescription>,
  lookup: () => ProviderLookup<EventContext> | undefined,
) {
  return {
    logger: () => logger,
    settings: () => settings,
    json: () => json,
    describe: () => describe,
    lookup: () => lookup,
    request: ({ request }) => request,
    response: ({ response }) => response,
    signal: ({ signal }) => signal,
  } as const satisfies BuiltIns<EventContext>;
}
