import type { RolldownOptions } from 'rolldown';
import { preset } from '../../src/build/preset.js';
import type { BundlerOptions } from '../../src/build/rolldown-types.js';

// What `rolldown.config.js` exports.
const options: RolldownOptions = preset({ entry: 'src/handler.ts' });
const withMore: RolldownOptions = { ...preset({ entry: 'src/handler.ts' }), treeshake: { moduleSideEffects: false } };
const extended = (base: BundlerOptions): RolldownOptions => ({ ...base, plugins: [...base.plugins, { name: 'mine' }] });

export default [options, withMore, extended];
