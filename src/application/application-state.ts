import type { Container } from '../modules/instances/container.js';
import { type Bootstrap, CLOSED } from './bootstrap.js';
import type { EventDispatcher } from './event-dispatcher.js';
import type { EventContext } from './event/event-context.js';

/** The phase of an application, with what exists in it. */
export type ApplicationState =
  /** The error of the last bootstrap was thrown; the next event starts another. */
  | { readonly phase: 'failed'; readonly bootstrap?: undefined }
  /** Also after the bootstrap has failed, until its error is thrown. */
  | { readonly phase: 'starting'; readonly bootstrap: Bootstrap }
  | { readonly phase: 'running'; readonly bootstrap: Bootstrap; readonly dispatcher: EventDispatcher }
  /** The bootstrap's container is open until the last hook has run. */
  | { readonly phase: 'closing'; readonly bootstrap: Bootstrap | undefined; readonly closed: Promise<void> };

export const FAILED: ApplicationState = { phase: 'failed' };

/** @throws Error once the application is closed. */
export function openContainer({ bootstrap }: ApplicationState): Container<EventContext> {
  if (!bootstrap?.container) throw new Error(CLOSED);
  return bootstrap.container;
}
