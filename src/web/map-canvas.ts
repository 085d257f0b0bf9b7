/** Draws the points of a map where there is no WebGL2: circle by circle, only those in sight. */
import type { Painter } from './map-gl.ts';
import { growthOf, type Points } from './map-points.ts';
import { onScreen } from './map-view.ts';

export function canvasPainter(canvas: HTMLCanvasElement): Painter | null {
  const context = canvas.getContext('2d');
  if (!context) return null;
  let points: Points | null = null;
  return {
    take: (next) => {
      points = next;
    },
    draw(view, size, ratio) {
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      context.clearRect(0, 0, size.width, size.height);
      if (!points) return;
      const { x, y, radius, colours, count, lit } = points;
      const growth = growthOf(view, size);
      const paint = (title: number) => {
        const [px, py] = onScreen(view, size, x[title], y[title]);
        const r = growth * radius[title];
        if (r === 0 || px < -r || py < -r || px > size.width + r || py > size.height + r) return;
        const [red, green, blue, alpha] = colours.subarray(4 * title, 4 * title + 4);
        context.fillStyle = `rgb(${red} ${green} ${blue} / ${alpha / 255})`;
        context.beginPath();
        context.arc(px, py, r, 0, 2 * Math.PI);
        context.fill();
      };
      for (let title = count - 1; title >= 0; title--) paint(title);
      lit.forEach(paint);
    },
    close() {},
  };
}
