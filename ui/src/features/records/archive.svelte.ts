/** Whether a list shows what is in it, or what was put out of sight. */
export class ArchiveView {
  shown = $state(false);
  /** Someone turned it, so the keyboard goes on at the chip that takes the place of the other. */
  turned = false;

  turn(): void {
    this.shown = !this.shown;
    this.turned = true;
  }
}
