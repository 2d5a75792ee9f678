// Statements that leave the page as text that can be cited.
import * as model from '../../core/index.js';
import * as dom from '../../ui/dom.js';
import { say } from '../../words/index.js';

// A button that copies all of some statements, each with its citation; nothing where there is none.
//   statements: those of the moment at which it is pressed
export function citeAll(app, statements, id = 'cite-all') {
  const count = statements().length;
  if (!count) return '';
  const made = dom.button(say('cite.all', { n: count }), () => {
    dom.copy(model.citations(app.data, statements()), /** @type {HTMLElement} */ (made.parentElement));
  }, { id });
  return made;
}
