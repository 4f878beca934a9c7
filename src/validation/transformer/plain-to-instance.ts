/**
 * class-transformer's converter, which readers and planning ask where they don't convert themselves. Bundles import it
 * past the library's index file, whose decorators an application loads at its start.
 */
export { plainToInstance } from 'class-transformer';
