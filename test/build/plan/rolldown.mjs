// Runs rolldown with the preset, as a user's rolldown.config.js does, and prints what came of it as JSON.
//   node rolldown.mjs <file with a list of { options, more }>
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown, watch } from 'rolldown';
import { preset } from '../../../dist/esm/build/index.js';

/** Resolves `virtual:prefix`, and counts what only the bundle itself may cause. */
function virtualPrefix(counts) {
  return {
    name: 'virtual-prefix',
    buildStart: () => void counts.starts++,
    generateBundle: () => void counts.bundles++,
    resolveId: (source) => (source === 'virtual:prefix' ? source : null),
    load: (id) => (id === 'virtual:prefix' ? "export default 'virtual';" : null),
  };
}

async function bundled({ options, more = [] }) {
  const { output, ...input } = preset(options);
  const [counts, warnings] = [{ starts: 0, bundles: 0 }, []];
  const config = {
    ...input,
    plugins: [...input.plugins, ...(more.includes('plugin') ? [[virtualPrefix(counts)]] : [])],
    ...(more.includes('alias') && {
      resolve: { ...input.resolve, alias: { '@prefix': join(input.cwd, 'src/prefix.ts') } },
    }),
    onLog: (level, { message }) => void (level === 'warn' && warnings.push(message)),
  };
  try {
    if (more.includes('watch')) await watched({ ...config, output });
    else await (await rolldown(config)).write(output);
    return { counts, warnings };
  } catch (error) {
    return { counts, warnings, failure: error.message };
  }
}

function watched(config) {
  const watcher = watch(config);
  return new Promise((resolve, reject) => {
    watcher.on('event', async (event) => {
      if (event.code !== 'END' && event.code !== 'ERROR') return;
      await watcher.close();
      if (event.code === 'END') resolve();
      else reject(event.error);
    });
  });
}

const printed = [];
for (const one of JSON.parse(readFileSync(process.argv[2], 'utf8'))) printed.push(await bundled(one));
process.stdout.write(JSON.stringify(printed));
