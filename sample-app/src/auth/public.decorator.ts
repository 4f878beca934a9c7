import { SetMetadata } from 'lambent';

export const PUBLIC = 'public';

/** Opens a controller or a route to everyone. */
export const Public = () => SetMetadata(PUBLIC, true);
