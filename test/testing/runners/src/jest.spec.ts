import { cases } from './cases.js';

for (const { name, run } of cases) test(name, run);
