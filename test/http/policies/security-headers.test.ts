import { BootstrapError } from '../../../src/errors/bootstrap-error.js';
import type { RenderedHeaders } from '../../../src/http/message/headers.js';
import { checkSecurityHeaders } from '../../../src/http/policies/check-security-headers.js';
import { securityHeaders, type SecurityHeadersOptions } from '../../../src/http/policies/security-headers.js';

function secured(options: SecurityHeadersOptions | true, headers: RenderedHeaders = {}): RenderedHeaders {
  securityHeaders(options)(headers);
  return headers;
}

describe('security headers', () => {
  it('are strict for data', () => {
    expect(secured(true, { 'content-type': 'application/json' })).toEqual({
      'content-type': 'application/json',
      'strict-transport-security': 'max-age=31536000; includeSubDomains',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
  });

  it('let a page run its scripts', () => {
    const policy = secured(true, { 'content-type': 'text/html; charset=utf-8' })['content-security-policy'];
    expect(policy).toBe("object-src 'none'; base-uri 'self'; frame-ancestors 'none'");
  });

  it('never overwrite what the answer has set', () => {
    const headers = secured(true, { 'x-frame-options': 'SAMEORIGIN', 'content-security-policy': "default-src 'self'" });
    expect(headers).toMatchObject({ 'x-frame-options': 'SAMEORIGIN', 'content-security-policy': "default-src 'self'" });
  });

  it('can be replaced and left out', () => {
    const headers = secured(
      { 'x-frame-options': false, 'permissions-policy': 'camera=()', 'content-security-policy': "default-src 'self'" },
      { 'content-type': 'text/html' },
    );
    expect(headers).toMatchObject({
      'permissions-policy': 'camera=()',
      'content-security-policy': "default-src 'self'",
    });
    expect(headers).not.toHaveProperty('x-frame-options');
  });

  it('without a content security policy go without one on pages too', () => {
    expect(secured({ 'content-security-policy': false }, { 'content-type': 'text/html' })).not.toHaveProperty(
      'content-security-policy',
    );
  });

  it('refuse a value that would begin another header', () => {
    const evil: SecurityHeadersOptions = { 'permissions-policy': 'camera=()\nx-evil: 1' };
    expect(() => checkSecurityHeaders(evil)).toThrow(BootstrapError);
    expect(() => checkSecurityHeaders(evil)).toThrow('"permissions-policy" has the character U+000A at index 9');
  });

  it('refuse a name that is not among them', () => {
    expect(() => checkSecurityHeaders({ frameguard: false } as SecurityHeadersOptions)).toThrow(
      /^Unknown in the option securityHeaders: frameguard\. It takes strict-transport-security, /,
    );
  });
});
