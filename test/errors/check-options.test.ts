import { BootstrapError } from '../../src/errors/bootstrap-error.js';
import { refuseUnknownOptions } from '../../src/errors/check-options.js';

describe('refuseUnknownOptions', () => {
  it('names every option that does not exist, and those that do', () => {
    expect(() =>
      refuseUnknownOptions({ orign: '*', maxAge: 1, methods: [] }, ['origin', 'maxAge'], 'the option cors'),
    ).toThrow(new BootstrapError('Unknown in the option cors: orign, methods. It takes origin, maxAge.'));
  });

  it('takes known ones, and none', () => {
    expect(() => refuseUnknownOptions({ origin: '*' }, ['origin'], 'x')).not.toThrow();
    expect(() => refuseUnknownOptions({}, ['origin'], 'x')).not.toThrow();
  });
});
