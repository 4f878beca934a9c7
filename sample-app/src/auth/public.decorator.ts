import { SetMetadata } from 'lambent';

export const PUBLIC = 'public';

/** Lets everyone in, for a controller or for one route. */
export const Public = () => SetMetadata(PUBLIC, true);
