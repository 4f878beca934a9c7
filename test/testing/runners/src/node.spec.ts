import { test } from 'node:test';
import { cases } from './cases.js';

for (const { name, run } of cases) void test(name, run);
