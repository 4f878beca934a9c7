import { httpEvents } from './http-events.js';
import { invocationEvents } from './invocation-events.js';

/** Builds the events that AWS would send, one builder a source. */
export const events = { ...httpEvents, ...invocationEvents };
