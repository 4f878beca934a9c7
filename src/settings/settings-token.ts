import { InjectionToken } from '../shared/token.js';
import type { Settings } from './settings.js';

/** The settings of the application, overrides included, for those who are constructed by it. */
export const SETTINGS = new InjectionToken<Settings>('SETTINGS');
