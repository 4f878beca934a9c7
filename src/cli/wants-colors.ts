/** Whether to write in colours: on a terminal, unless https://no-color.org or `FORCE_COLOR` says otherwise. */
export function wantsColors(isTerminal: boolean | undefined, { FORCE_COLOR, NO_COLOR }: NodeJS.ProcessEnv): boolean {
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return isTerminal === true && (NO_COLOR ?? '') === '';
}
