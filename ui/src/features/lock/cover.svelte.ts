/**
 * Whether the screen must show nothing of residents: the window is minimised, behind another tab, or in the task
 * switcher. A phone takes the picture for its switcher when the app loses the focus, before it is hidden; on a desktop
 * a window without the focus is often read next to another one, so there only being hidden counts.
 */
export class Cover {
  on = $state(false);

  /** Follows the window until the returned function is called. */
  follow(): () => void {
    const look = (): void => {
      this.on = document.visibilityState === 'hidden';
    };
    const leave = (): void => {
      if (matchMedia('(pointer: coarse)').matches) this.on = true;
    };
    const hide = (): void => {
      this.on = true;
    };
    look();
    document.addEventListener('visibilitychange', look);
    addEventListener('blur', leave);
    addEventListener('focus', look);
    addEventListener('pagehide', hide);
    addEventListener('pageshow', look);
    return () => {
      document.removeEventListener('visibilitychange', look);
      removeEventListener('blur', leave);
      removeEventListener('focus', look);
      removeEventListener('pagehide', hide);
      removeEventListener('pageshow', look);
    };
  }
}
