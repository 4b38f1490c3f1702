type Work = () => Promise<unknown>;

/** What must be kept before the screens go: a draft that waits for a pause in the typing. */
class Leaving {
  readonly #works = new Set<Work>();

  /** Carries this out before leaving, until the returned function is called. */
  before(work: Work): () => void {
    this.#works.add(work);
    return () => {
      this.#works.delete(work);
    };
  }

  /** Carries all of it out. What fails has said so on its own screen. */
  async all(): Promise<void> {
    await Promise.allSettled([...this.#works].map((work) => work()));
  }
}

/** The same for every screen. */
export const leaving = new Leaving();
