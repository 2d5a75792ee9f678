import js from '@eslint/js';

const named = names => Object.fromEntries(names.split(' ').map(name => [name, 'readonly']));
const browser = named(
  'AbortController CSS Event HTMLElement Image MutationObserver Node Path2D Blob URL URLSearchParams DecompressionStream DOMParser Response atob fetch '
  + 'ResizeObserver WebGL2RenderingContext XMLSerializer '
  + 'cancelAnimationFrame clearInterval clearTimeout document getComputedStyle history innerWidth location '
  + 'navigator performance queueMicrotask requestAnimationFrame setInterval setTimeout window',
);

// What people read comes from the table of words: a text of several words, or one as a text of an element.
const WORDS = 'What is read comes from ../words/: say(key).';
const own = selector => ({ selector, message: WORDS });
const spoken = [
  own('Literal[value=/^[A-Z][a-z]+ [a-z]+( |$|[.,:…])/]:not(MemberExpression > Literal, Property > Literal.key)'),
  own('Literal[value=/^[a-z]+ [a-z]+ [a-z]+ [a-z]+/]:not(Property[key.name=change] > Literal)'),
  own('TemplateElement[value.raw=/(^|[^-#.\\w])[A-Za-z]{2,} [a-z]{2,} [a-z]{2,}/]'),
  own('CallExpression[callee.name=/^(button|heading|announce)$/] > Literal.arguments:first-child[value=/[A-Za-z]{2}/]'),
  own('CallExpression[callee.property.name=button] > Literal.arguments:first-child[value=/[A-Za-z]{2}/]'),
  own('CallExpression[callee.name=/^(element|option|tell)$/] > Literal:nth-child(2)[value=/[A-Za-z]{2}/]'),
  own('CallExpression[callee.property.name=setAttribute][arguments.0.value=/^(aria-label|aria-valuetext|title)$/] > Literal:nth-child(2)[value=/[A-Za-z]{2}/]'),
  own('Property[key.name=/^(title|ariaLabel|placeholder)$/] > Literal[value=/[A-Za-z]{2}/]'),
];

export default [
  { ignores: ['dist/', 'node_modules/'] },
  js.configs.recommended,
  {
    rules: {
      'array-callback-return': 'error',
      complexity: ['error', 20],
      eqeqeq: 'error',
      'max-lines': ['error', 400],
      'no-implicit-globals': 'error',
      'no-param-reassign': 'error',
      'no-restricted-properties': ['error', ...['innerHTML', 'outerHTML', 'insertAdjacentHTML']
        .map(property => ({ property, message: 'Text goes into the page with textContent.' }))],
      'no-shadow': ['error', { hoist: 'never' }],
      'no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'no-use-before-define': ['error', { functions: false, variables: false }],
      'no-var': 'error',
      'prefer-const': 'error',
    },
  },
  { files: ['apps/**', 'draw/**', 'scene/**', 'ui/**', 'views/**'], languageOptions: { globals: { ...browser, vis: 'readonly', hudnaSigma: 'readonly', hudnaYasgui: 'readonly' } } },
  { files: ['apps/**', 'core/**', 'draw/**', 'scene/**', 'state/**', 'ui/**', 'views/**'], ignores: ['draw/sigma-programs.js'], rules: { 'no-restricted-syntax': ['error', ...spoken] } },
  { files: ['words/**'], languageOptions: { globals: named('document') } },
  { files: ['state/**'], languageOptions: { globals: named('clearTimeout setTimeout') } },
  { files: ['test/**', 'build.mjs'], languageOptions: { globals: named('process console URL') } },
];
