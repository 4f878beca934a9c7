// Redocly's linter with its recommended rules, apart from Jest, which can't load ES modules everywhere.
// Reads a document from standard input, and prints what is wrong with it as JSON.
import { text } from 'node:stream/consumers';
import { createConfig, lintFromString } from '@redocly/openapi-core';

const config = await createConfig({ extends: ['recommended'] });
const problems = await lintFromString({ source: await text(process.stdin), config, absoluteRef: '/openapi.json' });
const told = problems.map(({ severity, ruleId, message, location }) => ({ severity, ruleId, message, pointer: location[0]?.pointer }));
process.stdout.write(JSON.stringify(told));
