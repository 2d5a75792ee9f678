// What stands on the page as SVG, as a picture that can stand by itself: with the colours that it has now, and a foot.
import { make } from './svg.js';

const PAINTED = ['fill', 'stroke', 'stop-color'];
const HIDDEN = '.off, .brush, .head';

/** @typedef {{ theme: Colours; colour: (name: string) => string; fonts: string; title: string }} How */

// A copy of a drawing with a foot below it; see foot.js.
/** @type {(shown: SVGElement, how: How, foot: { element: SVGElement; height: number }) => SVGElement} */
export function standing(shown, { theme, colour, fonts, title }, foot) {
  const copy = /** @type {SVGElement} */ (shown.cloneNode(true));
  for (const one of copy.querySelectorAll(HIDDEN)) one.remove();
  for (const one of [copy, ...copy.querySelectorAll('*')]) {
    for (const name of [...PAINTED, 'tabindex', 'role', 'aria-label', 'id']) {
      const value = one.getAttribute(name);
      if (value === null || (name === 'id' && one.localName === 'linearGradient')) continue;
      const variable = value.match(/^var\(--(.+)\)$/)?.[1];
      if (variable) one.setAttribute(name, colour(variable));
      else if (!PAINTED.includes(name)) one.removeAttribute(name);
    }
  }
  const [width, high] = ['width', 'height'].map(name => Number(shown.getAttribute(name)));
  const height = high + foot.height;
  foot.element.setAttribute('transform', `translate(0 ${high})`);
  const root = make('svg', { xmlns: 'http://www.w3.org/2000/svg', viewBox: `0 0 ${width} ${height}`, width, height, role: 'img', 'font-family': fonts });
  root.append(make('title', {}, title), make('rect', { width, height, fill: theme.page }), copy, foot.element);
  return root;
}
