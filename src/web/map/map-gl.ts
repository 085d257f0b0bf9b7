/** Draws the points of a map with WebGL2, each layer in one call. */
import type { MapStyle } from './map-names.ts';
import { growthOf, type Points } from './map-points.ts';
import type { Size, View } from './map-view.ts';

export interface Painter {
  /** largest useful number of pixels per CSS pixel: more look no sharper, or take too long */
  readonly maxPixelRatio: number;
  /** replaces the points and their colours and sizes */
  readonly setPoints: (points: Points, style: MapStyle) => void;
  readonly draw: (view: View, size: Size, ratio: number) => void;
  readonly close: () => void;
}

const VERTEX = `#version 300 es
in vec2 place; in float radius; in vec4 colour;
uniform vec2 middle; uniform vec2 scale; uniform float grow;
out vec4 ink; out float edge;
void main() {
  vec2 at = (place - middle) * scale;
  gl_Position = vec4(at.x, -at.y, 0.0, 1.0);
  gl_PointSize = radius > 0.0 ? 2.0 * radius * grow + 1.0 : 0.0;
  ink = radius > 0.0 ? colour : vec4(0.0);
  edge = 1.0 / max(gl_PointSize, 1.0);
}`;

const FRAGMENT = `#version 300 es
precision mediump float;
in vec4 ink; in float edge;
uniform float glow;
out vec4 colour;
void main() {
  float from = length(gl_PointCoord - 0.5);
  float disc = 1.0 - smoothstep(0.5 - 2.0 * edge, 0.5, from);
  float halo = 0.4 * pow(max(0.0, 1.0 - 2.0 * from), 2.0);
  float alpha = ink.a * mix(disc, halo, glow);
  colour = vec4(ink.rgb * alpha, alpha);
}`;

/** The radius of a glow, in radii of its point. */
export const HALO = 4;

/** @returns null without WebGL2 or without a graphics card */
export function glPainter(canvas: HTMLCanvasElement): Painter | null {
  // A canvas that has had a WebGL context cannot have a 2D one, so hasCard() uses a canvas of its own.
  if (!hasCard()) return null;
  const gl = canvas.getContext('webgl2', {
    antialias: false,
    depth: false,
    premultipliedAlpha: true,
  });
  const program = gl && programOf(gl);
  if (!gl || !program) return null;
  const all = vertices(gl, program);
  const glowing = vertices(gl, program);
  const onTop = vertices(gl, program);
  const uniform = (name: string) => gl.getUniformLocation(program, name);
  const [middle, scale, grow, glow] = ['middle', 'scale', 'grow', 'glow'].map(uniform);
  gl.enable(gl.BLEND);
  gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
  return {
    maxPixelRatio: 2,
    setPoints(points) {
      all.fill(points, null);
      glowing.fill(points, points.glowing);
      onTop.fill(points, points.onTop);
    },
    draw(view, size, ratio) {
      gl.viewport(0, 0, canvas.width, canvas.height);
      gl.clearColor(0, 0, 0, 0);
      gl.clear(gl.COLOR_BUFFER_BIT);
      gl.useProgram(program);
      gl.uniform2f(middle, view.x, view.y);
      gl.uniform2f(scale, (2 * view.zoom) / size.width, (2 * view.zoom) / size.height);
      const growth = growthOf(view, size) * ratio;
      const layers = [
        [all, growth, 0],
        [glowing, HALO * growth, 1],
        [onTop, growth, 0],
      ] as const;
      for (const [layer, factor, glows] of layers) {
        gl.uniform1f(grow, factor);
        gl.uniform1f(glow, glows);
        layer.draw();
      }
    },
    close: () => gl.getExtension('WEBGL_lose_context')?.loseContext(),
  };
}

/** Names of software renderers. */
const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render/i;

function hasCard(): boolean {
  const gl = document
    .createElement('canvas')
    .getContext('webgl2', { failIfMajorPerformanceCaveat: true });
  if (!gl) return false;
  const names = gl.getExtension('WEBGL_debug_renderer_info');
  const name = String(gl.getParameter(names ? names.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return !SOFTWARE.test(name);
}

function programOf(gl: WebGL2RenderingContext): WebGLProgram | null {
  const program = gl.createProgram();
  for (const [type, source] of [
    [gl.VERTEX_SHADER, VERTEX],
    [gl.FRAGMENT_SHADER, FRAGMENT],
  ] as const) {
    const shader = gl.createShader(type);
    if (!shader) return null;
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  return gl.getProgramParameter(program, gl.LINK_STATUS) ? program : null;
}

/** Bytes per point: position (2 floats), radius (float) and colour (4 bytes). */
const STRIDE = 16;

function vertices(gl: WebGL2RenderingContext, program: WebGLProgram) {
  const array = gl.createVertexArray();
  const buffer = gl.createBuffer();
  let count = 0;
  gl.bindVertexArray(array);
  gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
  const attribute = (name: string, size: number, type: number, offset: number) => {
    const at = gl.getAttribLocation(program, name);
    gl.enableVertexAttribArray(at);
    gl.vertexAttribPointer(at, size, type, type === gl.UNSIGNED_BYTE, STRIDE, offset);
  };
  attribute('place', 2, gl.FLOAT, 0);
  attribute('radius', 1, gl.FLOAT, 8);
  attribute('colour', 4, gl.UNSIGNED_BYTE, 12);
  return {
    /** @param only the titles to draw; null = all, the most listed on top */
    fill({ x, y, radius, colours, count: titles }: Points, only: readonly number[] | null) {
      count = only?.length ?? titles;
      const bytes = new ArrayBuffer(STRIDE * count);
      const floats = new Float32Array(bytes);
      const inks = new Uint8Array(bytes);
      for (let at = 0; at < count; at++) {
        const title = only ? only[at] : titles - 1 - at;
        floats.set([x[title], y[title], radius[title]], 4 * at);
        inks.set(colours.subarray(4 * title, 4 * title + 4), STRIDE * at + 12);
      }
      gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
      gl.bufferData(gl.ARRAY_BUFFER, bytes, gl.STATIC_DRAW);
    },
    draw() {
      gl.bindVertexArray(array);
      gl.drawArrays(gl.POINTS, 0, count);
    },
  };
}
