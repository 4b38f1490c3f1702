/** Which option the arrow keys are at, while the focus stays in the field. */
export class Cursor {
  at = $state(0);

  /** Moves for an arrow key; says whether the key was one. */
  move(key: string, count: number): boolean {
    if (count === 0) return false;
    if (key === 'ArrowDown') this.at = (this.at + 1) % count;
    else if (key === 'ArrowUp') this.at = (this.at + count - 1) % count;
    else return false;
    return true;
  }
}
