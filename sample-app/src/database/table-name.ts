import { InjectionToken } from 'lambent';

/** The name of the table. */
export const TABLE_NAME = new InjectionToken<string>('TABLE_NAME');
