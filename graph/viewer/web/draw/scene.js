// What a drawing holds, whichever library draws it: its items, what is chosen and lit, and where names stand.
import { fitted } from '../scene/camera.js';
import { edgeAt, nodeAt } from '../scene/hit.js';
import { linesByNode, nearby } from '../scene/nearby.js';
import { placed, places } from '../scene/names.js';
import { paintLines, paintNames, paintNodes, paintSigns, ruler } from './canvas.js';

/** @template T @typedef {Map<string, T>} ById */

/** @param {{ fonts: string; taken: () => Box[] }} options */
export function createScene({ fonts, taken }) {
  const measure = ruler(fonts);
  /** @type {{ nodes: ById<NodeItem>; edges: ById<EdgeItem> }} */
  let items = { nodes: new Map(), edges: new Map() };
  /** @type {NodeItem[]} */
  let nodes = [];
  /** @type {EdgeItem[]} */
  let edges = [];
  /** @type {ReturnType<typeof linesByNode> | null} */
  let lines = null;
  /** @type {Colours} */
  let colours;
  /** @type {string | null} */
  let chosen = null;
  /** @type {string | null} */
  let light = null;
  /** @type {Lit | null} */
  let lit = null;
  /** @type {Name[]} */
  let names = [];
  /** @type {Map<string, number>} */
  let stood = new Map(); // Where names stand while nothing is lit.
  let seen = { scale: 0, width: 0, height: 0 };
  let stale = true;

  function relight() {
    if (light !== null) lines ??= linesByNode(edges);
    lit = nearby(light, items.nodes, items.edges, lines ?? new Map());
    stale = true;
  }

  // Names as they stand for what is seen. They go along with it while it moves, and are chosen anew if
  // something else is drawn, in another size, or once `rested` says that it has come to rest.
  /** @type {(view: Camera) => Name[]} */
  function namesOf(view) {
    const { scale, width, height } = view;
    if (!stale && scale === seen.scale && width === seen.width && height === seen.height) return names;
    names = placed(nodes, view, { measure, taken: taken(), lit, before: stood });
    if (!lit) stood = places(names);
    seen = { scale, width, height };
    stale = false;
    return names;
  }

  /** @type {(view: Camera) => any} */
  const how = view => ({ view, colours, lit, chosen, fonts });

  // What stands over the picture: signs and names; with what is lit below them if so wished.
  /** @type {(context: CanvasRenderingContext2D, view: Camera, over?: boolean) => void} */
  function paintOver(context, view, over = false) {
    const look = how(view);
    if (over && lit) {
      const { nodes: bright, edges: strong } = lit;
      paintLines(context, edges.filter(({ id }) => strong.has(id)), items.nodes, look);
      paintNodes(context, nodes.filter(({ id }) => bright.has(id)), look);
    }
    paintSigns(context, edges, items.nodes, look);
    paintNames(context, namesOf(view), items.nodes, look);
  }

  /** @type {(context: CanvasRenderingContext2D, view: Camera) => void} */
  function paint(context, view) {
    const look = how(view);
    const order = lit ? [...edges].sort((a, b) => Number(lit?.edges.has(a.id)) - Number(lit?.edges.has(b.id))) : edges;
    paintLines(context, order, items.nodes, look);
    paintNodes(context, nodes, look);
    paintOver(context, view);
  }

  return {
    get items() {
      return items;
    },
    get colours() {
      return colours;
    },
    get chosen() {
      return chosen;
    },
    get lit() {
      return lit;
    },
    // What a file needs to show the same: where nodes are, names, and what is lit and chosen.
    /** @type {(view: Camera) => DrawnPicture} */
    picture(view) {
      return { places: new Map(nodes.map(({ id, x, y }) => [id, { x, y }])), names: namesOf(view), lit, chosen };
    },
    // What is at a point, in pixels from the corner: a node, or else the line that is nearest, or null.
    /** @type {(point: Point, view: Camera) => string | null} */
    at(point, view) {
      return nodeAt(point, nodes, view) ?? edgeAt(point, edges, items.nodes, view);
    },
    // What is said of a node or a line beside the pointer.
    /** @type {(id: string) => string} */
    words: id => /** @type {NodeItem | EdgeItem} */ (items.nodes.get(id) ?? items.edges.get(id)).title,
    // What is seen in a frame that holds some nodes, or all for undefined; null where there is none.
    /** @type {(ids: string[] | undefined, frame: { width: number; height: number }) => Camera | null} */
    fitted(ids, frame) {
      const some = ids?.flatMap(id => items.nodes.get(id) ?? []);
      return fitted(some ?? nodes, frame, Boolean(ids), taken());
    },
    paint,
    paintOver,
    /** @type {(given: Colours) => void} */
    theme(given) {
      colours = given;
    },
    /** @type {(shown: NodeItem[], between: EdgeItem[]) => void} */
    show(shown, between) {
      [nodes, edges] = [shown, between];
      items = { nodes: new Map(shown.map(one => [one.id, one])), edges: new Map(between.map(one => [one.id, one])) };
      lines = null;
      relight();
    },
    // Where nodes are now that hands or forces have moved.
    /** @type {(to: Record<string, Point>) => void} */
    move(to) {
      nodes = nodes.map(node => {
        const { x, y } = to[node.id] ?? node;
        return x === node.x && y === node.y ? node : { ...node, x, y };
      });
      items = { ...items, nodes: new Map(nodes.map(one => [one.id, one])) };
    },
    /** @type {(id: string | null) => void} */
    select(id) {
      chosen = id;
    },
    /** @type {(id: string | null) => void} */
    light(id) {
      light = id;
      relight();
    },
    rested() {
      stale = true;
    },
  };
}
