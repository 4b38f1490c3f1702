/**
 * Work that is under way once at a time. Whoever asks for it meanwhile has it done once more after that, for what is
 * under way may have looked already; many who ask cost one time more.
 */
export class Again {
  #underWay: Promise<void> | undefined;
  #again = false;

  run(work: () => Promise<void>): Promise<void> {
    if (this.#underWay) {
      this.#again = true;
      return this.#underWay;
    }
    const all = async (): Promise<void> => {
      do {
        this.#again = false;
        await work();
      } while (this.#wantsAgain());
    };
    this.#underWay = all().finally(() => {
      this.#underWay = undefined;
    });
    return this.#underWay;
  }

  #wantsAgain(): boolean {
    return this.#again;
  }
}
