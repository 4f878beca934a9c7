import { httpEvents } from './http-events.js';
import { invocationEvents } from './invocation-events.js';
import { recordEvents } from './record-events.js';
import { triggerEvents } from './trigger-events.js';

/** Builds the events that AWS would send, one builder a source. */
export const events = { ...httpEvents, ...invocationEvents, ...recordEvents, ...triggerEvents };
