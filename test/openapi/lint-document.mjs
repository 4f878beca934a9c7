// Redocly's linter with its recommended rules, apart from Jest, which can't load ES modules everywhere.
// Reads a list of documents from standard input, and prints what is wrong with each as JSON.
import { text } from 'node:stream/consumers';
import { createConfig, lintFromString } from '@redocly/openapi-core';

const config = await createConfig({ extends: ['recommended'] });
const told = [];
for (const source of JSON.parse(await text(process.stdin))) {
  const problems = await lintFromString({ source, config, absoluteRef: '/openapi.json' });
  told.push(
    problems.map(({ severity, ruleId, message, location }) => ({
      severity,
      ruleId,
      message,
      pointer: location[0]?.pointer,
    })),
  );
}
process.stdout.write(JSON.stringify(told));
