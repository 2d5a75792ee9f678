// How the graphics card draws lines and nodes for sigma.js. All lengths on the way are pixels
// of the screen, with y upwards, so that breadths and dashes are the same at any zoom. Numbers and
// shapes are those of the scene.
import { LINE, NODE, breadth } from '../scene/geometry.js';
import { NAMES, SHAPES } from '../scene/shapes.js';

const SEGMENTS = { straight: 1, bent: 16, loop: 24 };

const float = (name, size) => ({ name, size, type: WebGL2RenderingContext.FLOAT });
const bytes = name => ({
  name,
  size: 4,
  type: WebGL2RenderingContext.UNSIGNED_BYTE,
  normalized: true,
});

const number = value => value.toFixed(6);

// The library keeps the lowest bit of opacity for itself.
const COMMON = `
  precision highp float;
  const float OPAQUE = 255.0 / 254.0;
  uniform mat3 u_matrix;
  uniform vec2 u_half;    // half of the picture
  uniform float u_unit;   // pixels of a unit of the drawing
  uniform float u_pixel;  // device pixels of a pixel of the page
  uniform float u_breadth; // how broad lines are, against their breadth at full size
  vec2 onScreen(vec2 point) { return (u_matrix * vec3(point, 1.0)).xy * u_half; }
`;

const LINE_VERTEX = `${COMMON}
  attribute vec2 a_from;
  attribute vec2 a_to;
  attribute vec4 a_colour;
  attribute vec4 a_band;
  attribute vec4 a_halo;
  attribute vec4 a_look;   // bend, width, opacity, size of the node at the end
  attribute vec3 a_dash;   // stroke, gap, whether there is an arrow
  attribute vec3 a_corner; // how far along, side, whether part of the arrow
  varying vec4 v_colour;
  varying vec4 v_band;
  varying vec4 v_halo;
  varying vec4 v_place;    // along, across, half breadth of the line, and of all around it
  varying vec4 v_dash;     // stroke, period, whether part of the arrow, breadth of the halo
  varying float v_opacity;

  vec2 from;
  vec2 to;
  vec2 middle; // the control point of the curve, or the centre of the loop
  float radius;

  vec2 point(float t) {
    if (LOOP) {
      float angle = 6.2831853 * t - 1.5707963;
      return middle + radius * vec2(cos(angle), sin(angle));
    }
    return mix(mix(from, middle, t), mix(middle, to, t), t);
  }

  vec2 slope(float t) {
    if (LOOP) {
      float angle = 6.2831853 * t;
      return 6.2831853 * radius * vec2(cos(angle), sin(angle));
    }
    return 2.0 * mix(middle - from, to - middle, t);
  }

  void main() {
    from = onScreen(a_from);
    to = onScreen(a_to);
    float node = a_look.w * u_unit;
    vec2 straight = to - from;
    float chord = length(straight);
    float bend = a_look.x;
    float whole;
    if (LOOP) {
      radius = ${number(LINE.loop)} * node + max(u_unit, ${number(LINE.leastUnit)} * u_pixel) * ${number(LINE.nextLoop)} * bend;
      middle = from + vec2(0.0, radius);
      whole = 6.2831853 * radius;
    } else {
      middle = (from + to) / 2.0 + 2.0 * bend * vec2(-straight.y, straight.x);
      whole = chord * (1.0 + 2.6667 * bend * bend);
    }

    float breadth = max(a_look.y * u_breadth, ${number(LINE.least)}) * u_pixel;
    float half_line = breadth / 2.0;
    float broad = max(${number(LINE.band)} * u_breadth * u_pixel, half_line + u_pixel);
    float half_band = a_band.a > 0.0 ? broad : half_line;
    float half_all = a_halo.a > 0.0 ? half_band + ${number(LINE.halo)} * u_breadth * u_pixel : half_band;

    float steep = max(length(slope(1.0)), 0.001);
    float head = a_dash.z * min(${number(LINE.head)} * u_breadth * u_pixel + ${number(LINE.headOfLine)} * breadth, ${number(LINE.headAtMost)} * whole);
    float tip = clamp(1.0 - node / steep, 0.5, 1.0);
    float base = clamp(1.0 - (node + 0.9 * head) / steep, 0.3, 1.0);

    vec2 place;
    if (a_corner.z > 0.5) {
      vec2 way = normalize(slope(tip) + vec2(0.0001, 0.0));
      vec2 across = vec2(-way.y, way.x) * a_corner.y;
      place = point(tip) - way * head * a_corner.x + across * head * ${number(LINE.headHalf)};
      v_place = vec4(0.0, 0.0, 1.0e4, 1.0e4);
    } else {
      float t = a_corner.x * base;
      vec2 way = normalize(slope(t) + vec2(0.0001, 0.0));
      float reach = half_all + 0.6;
      place = point(t) + vec2(-way.y, way.x) * a_corner.y * reach;
      v_place = vec4(t * whole, a_corner.y * reach, half_line, half_band);
    }
    gl_Position = vec4(place / u_half, 0.0, 1.0);

    // A short line must still have gaps, or it would look like one that is accepted.
    float period = (a_dash.x + a_dash.y) * u_pixel;
    float shrink = period > 0.0 ? min(1.0, whole / (2.5 * period)) : 1.0;
    v_dash = vec4(a_dash.x * u_pixel * shrink, period * shrink, a_corner.z, ${number(LINE.halo)} * u_breadth * u_pixel);
    v_colour = a_colour;
    v_band = a_band;
    v_halo = a_halo;
    v_opacity = a_look.z;
  }
`;

const LINE_FRAGMENT = `
  precision highp float;
  varying vec4 v_colour;
  varying vec4 v_band;
  varying vec4 v_halo;
  varying vec4 v_place;
  varying vec4 v_dash;
  varying float v_opacity;

  float inside(float breadth) {
    return clamp(breadth - abs(v_place.y) + 0.5, 0.0, 1.0);
  }

  float stroke() {
    if (v_dash.y <= 0.0 || v_dash.z > 0.5) return 1.0;
    // Too fine for the screen: as pale as strokes and gaps are on the average.
    if (v_dash.y < 2.5) return v_dash.x / v_dash.y;
    float along = mod(v_place.x, v_dash.y);
    return clamp(min(along, v_dash.x - along) + 0.5, 0.0, 1.0);
  }

  void main() {
    float line = inside(v_place.z) * stroke();
    vec4 colour = vec4(v_colour.rgb, 1.0) * line;
    if (v_band.a > 0.0) {
      float band = inside(v_place.w) * (1.0 - line) * (1.0 - v_dash.z);
      colour += vec4(v_band.rgb, 1.0) * band;
    }
    if (v_halo.a > 0.0) {
      float halo = inside(v_place.w + v_dash.w) * (1.0 - colour.a) * (1.0 - v_dash.z);
      colour += vec4(v_halo.rgb, 1.0) * halo * 0.75;
    }
    gl_FragColor = colour * v_opacity;
  }
`;

// How far a point is outside of a shape, in the language of the graphics card; y goes upwards there.
function outside({ sides, turn, reach, inner }) {
  if (!sides) return `length(p) - ${number(reach)} * r`;
  const numbers = [sides, 2 * Math.PI * turn].map(number).join(', ');
  return `polygon(p, ${numbers}, ${number(reach)} * r, ${number(inner)})`;
}

const NODE_VERTEX = `${COMMON}
  attribute vec2 a_at;
  attribute vec4 a_fill;
  attribute vec4 a_stroke;
  attribute vec4 a_halo;
  attribute vec4 a_id;
  attribute vec3 a_look; // size, shape, opacity
  attribute vec2 a_corner;
  varying vec2 v_place;
  varying vec4 v_fill;
  varying vec4 v_stroke;
  varying vec4 v_halo;
  varying vec4 v_look;   // radius, shape, opacity, breadth of the outline
  varying float v_ring;

  void main() {
    float radius = max(a_look.x * u_unit, ${number(NODE.least)} * u_pixel);
    float outline = min(${number(NODE.outlineAtMost)} * u_pixel, ${number(NODE.outline)} * radius);
    v_ring = a_halo.a > 0.0 ? min(${number(NODE.ring)} * u_pixel, ${number(NODE.ringLeast)} * u_pixel + ${number(NODE.ringOfSize)} * radius) : 0.0;
    float reach = ${number(Math.max(...NAMES.map(name => SHAPES[name].reach)))} * radius + outline + v_ring + u_pixel;
    v_place = a_corner * reach;
    gl_Position = vec4((onScreen(a_at) + v_place) / u_half, 0.0, 1.0);
    v_look = vec4(radius, a_look.y, a_look.z, outline);
    v_stroke = a_stroke;
    v_halo = a_halo;
    #ifdef PICKING_MODE
    v_fill = vec4(a_id.rgb, a_id.a * OPAQUE);
    #else
    v_fill = a_fill;
    #endif
  }
`;

const NODE_FRAGMENT = `
  precision highp float;
  varying vec2 v_place;
  varying vec4 v_fill;
  varying vec4 v_stroke;
  varying vec4 v_halo;
  varying vec4 v_look;
  varying float v_ring;

  // How far outside of a polygon with a corner at an angle from the top; below 0 is inside. Between two corners
  // the next angle is at most half of what lies between them; a star has its inner corners there.
  float polygon(vec2 p, float sides, float turn, float reach, float inner) {
    float part = 3.14159265 / sides;
    float angle = mod(atan(p.x, p.y) - turn + part, 2.0 * part) - part;
    vec2 at = length(p) * vec2(sin(abs(angle)), cos(angle));
    vec2 tip = vec2(0.0, reach);
    vec2 end = inner > 0.0 ? reach * inner * vec2(sin(part), cos(part)) : reach * vec2(sin(2.0 * part), cos(2.0 * part));
    vec2 side = normalize(end - tip);
    return dot(at - tip, vec2(-side.y, side.x));
  }

  float outside(vec2 p, float shape, float r) {
${NAMES.map((name, i) => `    if (shape < ${number(i + 0.5)}) return ${outside(SHAPES[name])};`).join('\n')}
    return length(p) - r;
  }

  void main() {
    float far = outside(v_place, v_look.y, v_look.x);
    #ifdef PICKING_MODE
    if (far > 1.0) discard;
    gl_FragColor = v_fill;
    #else
    float body = clamp(0.5 - far, 0.0, 1.0);
    float line = clamp(0.5 - abs(far) + v_look.w / 2.0, 0.0, 1.0);
    vec4 colour = vec4(mix(v_fill.rgb, v_stroke.rgb, line), 1.0) * max(body, line);
    if (v_ring > 0.0) {
      float ring = clamp(v_ring + 0.5 - far, 0.0, 1.0) * (1.0 - colour.a);
      colour += vec4(v_halo.rgb, 1.0) * ring;
    }
    gl_FragColor = colour * v_look.z;
    #endif
  }
`;

// A strip along the line, then the three corners of the arrow, joined by triangles of no size.
function corners(segments) {
  const found = [];
  for (let step = 0; step <= segments; step += 1) {
    found.push([step / segments, -1, 0], [step / segments, 1, 0]);
  }
  return [...found, [1, 1, 0], [0, 0, 1], [0, 0, 1], [1, -1, 1], [1, 1, 1]];
}

const UNIFORMS = ['u_matrix', 'u_half', 'u_unit', 'u_pixel', 'u_breadth'];

function setUniforms({ gl, uniformLocations: at }, params) {
  const { width, height, pixelRatio, sizeRatio, matrix } = params;
  gl.uniformMatrix3fv(at.u_matrix, false, matrix);
  gl.uniform2f(at.u_half, (width * pixelRatio) / 2, (height * pixelRatio) / 2);
  gl.uniform1f(at.u_unit, pixelRatio / sizeRatio);
  gl.uniform1f(at.u_pixel, pixelRatio);
  gl.uniform1f(at.u_breadth, breadth(1 / sizeRatio));
}

function lineProgram(kind) {
  const { EdgeProgram, floatColor } = hudnaSigma;
  const points = corners(SEGMENTS[kind]);
  const loop = `#define LOOP ${kind === 'loop'}\n`;
  return class extends EdgeProgram {
    getDefinition() {
      return {
        VERTICES: points.length,
        VERTEX_SHADER_SOURCE: loop + LINE_VERTEX,
        FRAGMENT_SHADER_SOURCE: LINE_FRAGMENT,
        METHOD: WebGL2RenderingContext.TRIANGLE_STRIP,
        UNIFORMS,
        ATTRIBUTES: [
          float('a_from', 2),
          float('a_to', 2),
          bytes('a_colour'),
          bytes('a_band'),
          bytes('a_halo'),
          float('a_look', 4),
          float('a_dash', 3),
        ],
        CONSTANT_ATTRIBUTES: [float('a_corner', 3)],
        CONSTANT_DATA: points,
      };
    }

    processVisibleItem(_id, start, from, to, { item, halo }) {
      const [stroke = 0, gap = 0] = item.dashes;
      this.array.set(
        [
          from.x,
          from.y,
          to.x,
          to.y,
          floatColor(item.colour),
          item.band ? floatColor(item.band) : 0,
          halo ? floatColor(halo) : 0,
          item.bend,
          item.width,
          item.opacity,
          to.size,
          stroke,
          gap,
          item.arrow ? 1 : 0,
        ],
        start,
      );
    }

    setUniforms(params, info) {
      setUniforms(info, params);
    }
  };
}

function nodeProgram() {
  const { NodeProgram, floatColor } = hudnaSigma;
  return class extends NodeProgram {
    getDefinition() {
      return {
        VERTICES: 4,
        VERTEX_SHADER_SOURCE: NODE_VERTEX,
        FRAGMENT_SHADER_SOURCE: NODE_FRAGMENT,
        METHOD: WebGL2RenderingContext.TRIANGLE_STRIP,
        UNIFORMS,
        ATTRIBUTES: [
          float('a_at', 2),
          bytes('a_fill'),
          bytes('a_stroke'),
          bytes('a_halo'),
          bytes('a_id'),
          float('a_look', 3),
        ],
        CONSTANT_ATTRIBUTES: [float('a_corner', 2)],
        CONSTANT_DATA: [
          [-1, -1],
          [1, -1],
          [-1, 1],
          [1, 1],
        ],
      };
    }

    processVisibleItem(id, start, { x, y, item, halo }) {
      this.array.set(
        [
          x,
          y,
          floatColor(item.fill),
          floatColor(item.stroke),
          halo ? floatColor(halo) : 0,
          id,
          item.size,
          Math.max(0, NAMES.indexOf(item.shape)),
          item.opacity,
        ],
        start,
      );
    }

    setUniforms(params, info) {
      setUniforms(info, params);
    }
  };
}

export function lines() {
  return Object.fromEntries(Object.keys(SEGMENTS).map(kind => [kind, lineProgram(kind)]));
}

export function nodes() {
  return { shape: nodeProgram() };
}
