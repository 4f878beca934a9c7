import { PROJECT, Workshop } from '../workshop.js';

test.each(['', ' --write', ' --check', ' --resources'])(
  'sam -t template.json%s refuses JSON, which has no marks',
  async (flag) => {
    const workshop = new Workshop({ ...PROJECT, 'template.json': '\n{ "Resources": {} }\n' });
    const { exitCode, complained } = await workshop.call(`sam -t template.json${flag}`);
    expect(exitCode).toBe(1);
    expect(complained).toBe(
      'template.json is JSON, which has no comments to mark what this command writes. Convert the template to YAML, or ' +
        'copy what follows from "lambent describe --json".',
    );
  },
);
