export { encodeLattice as encode } from '../lattice.js';
