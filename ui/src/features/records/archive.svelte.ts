import { router } from '../../shared/index.ts';

/** Whether a list shows what is in it, or what was put out of sight. */
export class ArchiveView {
  /** An address can lead straight to what is archived: `#/contacts?archived=yes`. */
  shown = $state(router.route.query['archived'] === 'yes');
  /** Someone turned it, so the keyboard goes on at the chip that takes the place of the other. */
  turned = false;

  turn(): void {
    this.shown = !this.shown;
    this.turned = true;
  }
}
