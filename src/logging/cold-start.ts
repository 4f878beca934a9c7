/** Whether no event has come yet: an application's first one says `cold_start` in its line. */
export class ColdStart {
  #cold = true;

  /** `true` for the first one who asks, whichever line it is for. */
  take(): true | undefined {
    const cold = this.#cold || undefined;
    this.#cold = false;
    return cold;
  }
}
