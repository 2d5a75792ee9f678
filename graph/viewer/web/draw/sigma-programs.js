// How the graphics card draws lines and nodes for sigma.js. All lengths on the way are pixels
// of the screen, with y upwards, so that breadths and dashes are the same at any zoom.

const SHAPES = ['dot', 'square', 'triangle', 'triangleDown', 'diamond', 'hexagon', 'star'];
const SEGMENTS = { straight: 1, bent: 16, loop: 24 };

const float = (name, size) => ({ name, size, type: WebGL2RenderingContext.FLOAT });
const bytes = name => ({
  name,
  size: 4,
  type: WebGL2RenderingContext.UNSIGNED_BYTE,
  normalized: true,
});

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
      radius = 0.8 * node + max(u_unit, 0.4 * u_pixel) * 5.0 * bend;
      middle = from + vec2(0.0, radius);
      whole = 6.2831853 * radius;
    } else {
      middle = (from + to) / 2.0 + 2.0 * bend * vec2(-straight.y, straight.x);
      whole = chord * (1.0 + 2.6667 * bend * bend);
    }

    float breadth = max(a_look.y * u_breadth, 0.5) * u_pixel;
    float half_line = breadth / 2.0;
    float broad = max(4.5 * u_breadth * u_pixel, half_line + u_pixel);
    float half_band = a_band.a > 0.0 ? broad : half_line;
    float half_all = a_halo.a > 0.0 ? half_band + 3.0 * u_pixel : half_band;

    float steep = max(length(slope(1.0)), 0.001);
    float head = a_dash.z * min(4.0 * u_breadth * u_pixel + 2.2 * breadth, 0.45 * whole);
    float tip = clamp(1.0 - node / steep, 0.5, 1.0);
    float base = clamp(1.0 - (node + 0.9 * head) / steep, 0.3, 1.0);

    vec2 place;
    if (a_corner.z > 0.5) {
      vec2 way = normalize(slope(tip) + vec2(0.0001, 0.0));
      vec2 across = vec2(-way.y, way.x) * a_corner.y;
      place = point(tip) - way * head * a_corner.x + across * head * 0.45;
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
    v_dash = vec4(a_dash.x * u_pixel * shrink, period * shrink, a_corner.z, 3.0 * u_pixel);
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
    float radius = max(a_look.x * u_unit, 2.2 * u_pixel);
    float outline = min(1.2 * u_pixel, 0.25 * radius);
    v_ring = a_halo.a > 0.0 ? min(4.0, 1.5 + 3.0 * u_breadth) * u_pixel : 0.0;
    float reach = 1.4 * radius + outline + v_ring + u_pixel;
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

  float star(vec2 p, float r) {
    const vec2 k1 = vec2(0.809016994, -0.587785252);
    const vec2 k2 = vec2(-0.809016994, -0.587785252);
    p.x = abs(p.x);
    p -= 2.0 * max(dot(k1, p), 0.0) * k1;
    p -= 2.0 * max(dot(k2, p), 0.0) * k2;
    p.x = abs(p.x);
    p.y -= r;
    vec2 ba = 0.45 * vec2(0.587785252, 0.809016994) - vec2(0.0, 1.0);
    float h = clamp(dot(p, ba) / dot(ba, ba), 0.0, r);
    return length(p - ba * h) * sign(p.y * ba.x - p.x * ba.y);
  }

  // How far outside of the shape; below 0 is inside.
  float outside(vec2 p, float shape, float r) {
    vec2 a = abs(p);
    if (shape < 0.5) return length(p) - r;
    if (shape < 1.5) return max(a.x, a.y) - 0.9 * r;
    if (shape < 2.5) return max(-p.y - 0.15 * r, a.x * 0.866 + p.y * 0.5 - 0.575 * r) - 0.1 * r;
    if (shape < 3.5) return max(p.y - 0.15 * r, a.x * 0.866 - p.y * 0.5 - 0.575 * r) - 0.1 * r;
    if (shape < 4.5) return (a.x + a.y - 1.25 * r) * 0.7071;
    if (shape < 5.5) return max(a.y, a.x * 0.866 + a.y * 0.5) - 0.92 * r;
    return star(p, 1.3 * r);
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
          Math.max(0, SHAPES.indexOf(item.shape)),
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

// How broad lines are drawn at a scale, in pixels a unit: thinner where many must find room.
function breadth(scale) {
  return Math.min(1.6, Math.max(0.45, Math.sqrt(scale)));
}

export function lines() {
  return Object.fromEntries(Object.keys(SEGMENTS).map(kind => [kind, lineProgram(kind)]));
}

export function nodes() {
  return { shape: nodeProgram() };
}
