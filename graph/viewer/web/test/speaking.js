// All tests speak English, as a page does that nobody has touched.
import { readFileSync } from 'node:fs';
import { speak } from '../words/index.js';

export const table = tag => JSON.parse(readFileSync(new URL(`../../words/${tag}.json`, import.meta.url), 'utf8'));

speak({ en: table('en') });
