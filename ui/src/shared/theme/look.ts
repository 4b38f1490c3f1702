/** How the screens look; the same words as in the broker's preferences. */
export interface Look {
  /** `auto`, `light`, `dark` or `contrast`. */
  theme: string;
  /** Size of text in per cent, 100 to 200. */
  textSize: number;
}

/** Shows this look, from now on. */
export function applyLook({ theme, textSize }: Look): void {
  const root = document.documentElement;
  const contrastWanted = theme === 'auto' && matchMedia('(prefers-contrast: more)').matches;
  if (contrastWanted) root.dataset['theme'] = 'contrast';
  else if (theme === 'auto') delete root.dataset['theme'];
  else root.dataset['theme'] = theme;
  const size = Math.min(200, Math.max(100, textSize));
  root.style.fontSize = size === 100 ? '' : `${size}%`;
}
