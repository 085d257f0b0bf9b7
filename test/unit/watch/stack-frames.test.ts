import { describe, expect, it } from 'vitest';
import { framesOf } from '../../../src/watch/stack-frames.ts';

describe('framesOf()', () => {
  it('reads a stack, the outermost call first, without the folders of the machine', () => {
    const stack = `Error: broken
    at Ranker.recommend (file:///home/someone/osusume/dist/recommend/ranker.js:87:5)
    at async file:///home/someone/osusume/dist/server/routes/taste.js:20:11
    at Object.handle (/srv/osusume/node_modules/fastify/lib/reply.js:10:3)
    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)`;
    expect(framesOf(stack)).toEqual([
      {
        filename: 'node:internal/process/task_queues',
        function: 'process.processTicksAndRejections',
        lineno: 95,
        colno: 5,
        in_app: false,
      },
      {
        filename: 'node_modules/fastify/lib/reply.js',
        function: 'Object.handle',
        lineno: 10,
        colno: 3,
        in_app: false,
      },
      { filename: 'dist/server/routes/taste.js', lineno: 20, colno: 11, in_app: true },
      {
        filename: 'dist/recommend/ranker.js',
        function: 'Ranker.recommend',
        lineno: 87,
        colno: 5,
        in_app: true,
      },
    ]);
  });

  it('reads an installed program as its own code, and nothing of a text without a stack', () => {
    const installed = '    at x (file:///usr/lib/node_modules/osusume/dist/main.js:1:2)';
    expect(framesOf(installed)).toMatchObject([{ filename: 'dist/main.js', in_app: true }]);
    expect(framesOf('')).toEqual([]);
    expect(framesOf('Error: at the end (of all)')).toEqual([]);
  });
});
