// What the page's renderer needs of sigma and graphology, as one global object `hudnaSigma`.
export { MultiDirectedGraph } from 'graphology';
export { Sigma } from 'sigma';
export { EdgeProgram, NodeProgram } from 'sigma/rendering';
export { floatColor } from 'sigma/utils';
