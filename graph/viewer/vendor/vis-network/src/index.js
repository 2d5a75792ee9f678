// What the page's renderer needs of vis-network, as one global object `vis`: without what old browsers lack.
export { DataSet } from 'vis-data/esnext';
export { Network } from 'vis-network/esnext';
