export interface CapturedStdout {
  /** Everything that was written, as it was written. */
  text(): string;
  /** Every line, parsed. */
  lines(): Record<string, unknown>[];
}

/** Takes over `process.stdout.write` until `jest.restoreAllMocks()`. */
export function captureStdout(): CapturedStdout {
  let written = '';
  jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    written += String(chunk);
    return true;
  });
  const lines = () => written.split('\n').filter((line) => line !== '');
  return { text: () => written, lines: () => lines().map((line) => JSON.parse(line) as Record<string, unknown>) };
}
