/** What is made of a value: of JSON the data, of base64 (or of bytes) a Buffer. */
export type Transform = 'json' | 'binary';

/** @throws SyntaxError when the value is no JSON. It says nothing of the value, which may be a secret. */
export function transformValue(value: string | Uint8Array, transform: Transform | undefined): unknown {
  if (transform === 'binary') return typeof value === 'string' ? Buffer.from(value, 'base64') : Buffer.from(value);
  const text = typeof value === 'string' ? value : Buffer.from(value).toString('utf8');
  return transform === 'json' ? parse(text) : text;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new SyntaxError('its value is not valid JSON');
  }
}
