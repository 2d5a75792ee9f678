// The page in a frame of another page: the view alone, and below it whence it is and where all of it stands.
import * as states from '../state/url.js';
import * as dom from '../ui/dom.js';
import { element } from '../ui/dom.js';
import { say } from '../words/index.js';

const { find } = dom;

export function setUp({ data }) {
  const licence = data.facts['Licence of the data'];
  const told = [licence && say('embed.licence', { licence }), say('embed.made')].filter(Boolean);
  find('#foot').append(
    element('strong', document.title),
    ...told.map(text => element('span', text)),
    element('a', say('embed.whole'), { id: 'whole', target: '_blank', rel: 'noopener' }),
  );
}

// The link leads to what is looked at now.
export function sync({ data, state }) {
  document.documentElement.toggleAttribute('data-embed', state.embed);
  find('#foot').hidden = !state.embed;
  if (!state.embed) return;
  find('#whole').href = `${location.href.split('#')[0]}#${states.write({ ...state, embed: false }, data)}`;
}
