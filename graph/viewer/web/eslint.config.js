import js from '@eslint/js';

const named = names => Object.fromEntries(names.split(' ').map(name => [name, 'readonly']));
const browser = named(
  'AbortController CSS Event HTMLElement Image MutationObserver Node Path2D Blob URL URLSearchParams fetch '
  + 'ResizeObserver WebGL2RenderingContext XMLSerializer '
  + 'cancelAnimationFrame clearInterval clearTimeout document getComputedStyle history innerWidth location '
  + 'navigator performance queueMicrotask requestAnimationFrame setInterval setTimeout window',
);

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
  { files: ['words/**'], languageOptions: { globals: named('document') } },
  { files: ['state/**'], languageOptions: { globals: named('clearTimeout setTimeout') } },
  { files: ['test/**', 'build.mjs'], languageOptions: { globals: named('process console URL') } },
];
