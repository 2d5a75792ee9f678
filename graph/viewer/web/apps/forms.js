// Named queries as forms: a field for each parameter, with a picker by its type.
import { choicesFor } from '../core/search.js';
import { announce } from '../ui/announce.js';
import { combobox } from '../ui/combobox.js';
import { element, option } from '../ui/dom.js';
import { apart, say } from '../words/index.js';

const LISTED = 12;

/** @typedef {{ name: string; label: string; text: string; required: boolean; picker: string; choices?: string[][] }} Field */
/** @typedef {{ name: string; title: string; text: string; oneOf: string[]; params: Field[] }} Form */

// A form that is filled in.
//   names: the tables of the normal form of names
//   values: by the names of parameters
//   ask: what is done with the values that are given
/** @type {(form: Form, names: any, values: Record<string, string>, ask: (values: Record<string, string>) => void) => HTMLFormElement} */
export function formOf(form, names, values, ask) {
  const fields = form.params.map(param => field(param, names, values[param.name] ?? ''));
  const labels = form.params.filter(({ name }) => form.oneOf.includes(name)).map(({ label }) => label);
  const oneOf = form.oneOf.length ? element('p', say('workbench.one-of', { which: labels.map(apart).join(say('words.comma')) }), { className: 'told' }) : '';
  const made = element('form', '', { id: 'ask' },
    element('h2', form.title, { id: 'ask-title' }),
    form.text ? element('p', form.text, { className: 'told' }) : '',
    oneOf,
    element('div', '', { className: 'fields' }, ...fields.map(({ box }) => box)),
    element('p', '', { id: 'ask-problem', className: 'problem', hidden: true }),
    element('button', say('workbench.ask'), { type: 'submit', className: 'save' }),
  );
  made.setAttribute('aria-labelledby', 'ask-title');
  made.addEventListener('submit', event => {
    event.preventDefault();
    ask(Object.fromEntries(fields.map(({ name, value }) => [name, value()]).filter(([, value]) => value)));
  });
  return made;
}

function field(param, names, value) {
  const id = `ask-${param.name}`;
  const { control, list, read } = picker(param, names, value, id);
  control.id = id;
  control.required = param.required;
  const about = element('small', param.text, { id: `${id}-about` });
  control.setAttribute('aria-describedby', about.id);
  const label = element('label', param.required ? say('workbench.needed', { label: param.label }) : param.label, { htmlFor: id });
  return { name: param.name, value: read, box: element('div', '', { className: 'field' }, label, control, list, about) };
}

function picker(param, names, value, id) {
  if (param.picker === 'select') return selected(param, value);
  if (param.picker === 'search') return searched(param, names, value, id);
  const control = element('input', '', { type: param.picker, value, autocomplete: 'off' });
  return { control, read: () => control.value.trim() };
}

function selected({ choices, required }, value) {
  const control = element('select', '', {}, ...(required ? [] : [option('', say('workbench.any'))]), ...choices.map(([one, label]) => option(one, label)));
  if (value && !choices.some(([one]) => one === value)) control.append(option(value, value));
  control.value = value || (required ? choices[0][0] : '');
  return { control, read: () => control.value };
}

// What is typed is looked for among the choices; one that is taken is asked by its id.
function searched({ choices }, names, value, id) {
  const labelOf = new Map(choices.map(([one, label]) => [one, label]));
  let taken = value;
  const control = element('input', '', { type: 'text', value: labelOf.get(value) ?? value, autocomplete: 'off', spellcheck: false, role: 'combobox', dir: 'auto' });
  const list = element('ul', '', { id: `${id}-list`, hidden: true, role: 'listbox', className: 'choices' });
  list.setAttribute('aria-label', say('workbench.fits'));
  control.setAttribute('aria-controls', list.id);
  control.setAttribute('aria-expanded', 'false');
  control.setAttribute('aria-autocomplete', 'list');
  control.addEventListener('input', () => { taken = ''; });
  combobox(control, list, text => {
    const found = choicesFor(names, choices, text);
    announce(found.length || !text.trim() ? say('workbench.fit', { n: found.length }) : say('workbench.nothing'));
    return found.slice(0, LISTED).map(([one, label]) => ({
      content: [element('span', label), ' ', element('small', one === label ? '' : one)],
      take() {
        taken = one;
        control.value = label;
      },
    }));
  });
  return { control, list, read: () => taken || control.value.trim() };
}
