// Small helpers for building the page. All text goes in as text, never as markup.
import { announce } from './announce.js';
import { gathered } from './roving.js';
import { ISOLATE, apart, direction, say } from '../words/index.js';

/** @type {(selector: string) => any} */
export const find = selector => document.querySelector(selector);

/** @type {(selector: string) => any[]} */
export const findAll = selector => [...document.querySelectorAll(selector)];

// Puts a text where another stands, so that the same is not said again.
export function tell(place, text) {
  if (place.textContent !== text) place.textContent = text;
}

const HEADS = ['button', 'summary']; // More stands beside their text.

// A text that keeps its order beside what goes the way of the page.
/** @type {(text: string) => string} */
const isolated = text => (text.includes(ISOLATE) ? text : text.replace(/\S(?:.*\S)?/s, apart));

export function element(name, text, properties = {}, ...children) {
  const made = document.createElement(name);
  if (text !== undefined && text !== '') {
    made.textContent = HEADS.includes(name) ? isolated(String(text)) : text;
    made.dir = made.textContent.includes(ISOLATE) ? direction() : 'auto'; // Words around names go the way of the page.
  }
  Object.assign(made, properties);
  made.append(...children.filter(child => child !== undefined && child !== null && child !== ''));
  return made;
}

export function button(text, action, properties = {}) {
  const made = element('button', text, { type: 'button', ...properties });
  made.addEventListener('click', action);
  return made;
}

export function definitions(pairs) {
  const list = element('dl');
  for (const [name, text] of pairs) {
    if (text) list.append(element('dt', name), element('dd', text));
  }
  return list.children.length ? list : '';
}

// A list; one that opens other things is one stop of Tab.
export function list(name, items) {
  const made = element('ul', '', { className: name }, ...items.map(item => element('li', '', {}, item)));
  return name === 'openers' ? gathered(made) : made;
}

export function option(value, text) {
  return element('option', text, { value });
}

export function options(label, pairs) {
  const group = element('optgroup', '', { label });
  group.append(...pairs.map(([value, text]) => option(value, text)));
  return group;
}

// Only addresses of the web become links.
export function link(text, url) {
  if (!/^https?:\/\//i.test(url ?? '')) return element('span', text);
  return element('a', text, { href: url, target: '_blank', rel: 'noopener noreferrer' });
}

export function save(name, blob) {
  const url = URL.createObjectURL(blob);
  element('a', '', { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

// Copies a text and says so; where that is not allowed, shows it to be copied by hand.
export async function copy(text, place) {
  try {
    await navigator.clipboard.writeText(text);
    announce(say('ui.copied'), true);
  } catch {
    const box = element('textarea', '', { value: text, rows: 5, readOnly: true, className: 'copy' });
    box.setAttribute('aria-label', say('ui.copy'));
    place.append(box);
    box.select();
  }
}
