// Names what sticks out of the screen at the right and can be seen, apart from what scrolls sideways on purpose.
const scrollsSideways = (element) => {
  for (let at = element; at && at !== document.body; at = at.parentElement) {
    const { overflowX, position, clipPath } = getComputedStyle(at);
    if (overflowX === 'auto' || overflowX === 'scroll') {
      if (at.matches('main, [data-scroller]')) continue;
      return true;
    }
    if (position === 'absolute' && clipPath !== 'none') return true;
  }
  return false;
};
const name = (element) =>
  `${element.tagName.toLowerCase()}.${element.className?.baseVal ?? element.className} “${(element.textContent ?? '').trim().slice(0, 40)}”`;
const out = [];
if (document.scrollingElement.scrollWidth > innerWidth) out.push(`the page is ${document.scrollingElement.scrollWidth} wide`);
for (const element of document.querySelectorAll('body *')) {
  if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
  const { right, width, height } = element.getBoundingClientRect();
  if (width > 1 && height > 1 && right > innerWidth + 1 && !scrollsSideways(element)) {
    out.push(`${Math.round(right)}: ${name(element)}`);
    if (out.length > 4) break;
  }
}
return out;
