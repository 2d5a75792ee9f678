// All that is pure: what a case holds and what follows from it; no document is touched here.
export * from './agreements.js';
export * from './case.js';
export * from './citations.js';
export * from './filters.js';
export * from './groups.js';
export * from './importance.js';
export * from './matrix.js';
export * from './order.js';
export * from './questions.js';
export * from './search.js';
export * from './sentences.js';
export * from './story.js';
export * from './suggestions.js';
export * from './time.js';
export * from './ways.js';
export * from './worlds.js';
