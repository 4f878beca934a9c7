import { decodeComponent } from '../../src/errors/decode-component.js';

describe('decodeComponent', () => {
  it('decodes once', () => {
    expect(decodeComponent('caf%C3%A9%252F')).toBe('café%2F');
  });

  it.each(['%', '%zz', '%c3%28', '%ff', '%ed%a0%80'])('answers %s with 400', (text) => {
    expect(() => decodeComponent(text)).toThrow(`Malformed percent-encoding: ${text}`);
  });

  it('tells the log nothing of the text', () => {
    expect(() => decodeComponent('secret%')).toThrow(
      expect.objectContaining({ errorDetail: 'Malformed percent-encoding in a text of 7 characters' }),
    );
  });

  it('shows no more than the beginning of what was sent', () => {
    expect(() => decodeComponent(`%${'x'.repeat(5000)}`)).toThrow(/^.{0,130}$/);
  });
});
