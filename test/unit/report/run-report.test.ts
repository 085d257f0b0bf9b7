import { describe, expect, it } from 'vitest';
import { runReport } from '../../../src/report/run-report.ts';
import type { RunRecord } from '../../../src/track/run-record.ts';
import { isSelfContained } from '../../support/self-contained.ts';

const RECORD: RunRecord = {
  format: 1,
  id: '20260102T030405-abcdef',
  status: 'finished',
  startedAt: '2026-01-02T03:04:05.000Z',
  seconds: 12,
  seed: null,
  fingerprint: 'f'.repeat(64),
  origin: 'made up',
  people: 3,
  titles: 4,
  interactions: 5,
  commit: null,
  parameters: { embedding: { schedule: { kind: 'constant' } } },
  models: { embedding: { seconds: 1, peakMemoryBytes: 2e6, savedBytes: 3e6 } },
  epochs: {
    embedding: [
      {
        epoch: 0,
        learningRate: 0.001,
        'training.loss': 0.7,
        'validation.loss': 0.8,
        'training.mae': 0.2,
      },
      {
        epoch: 1,
        learningRate: 0.0005,
        'training.loss': 0.6,
        'validation.loss': 0.7,
        'training.mae': 0.1,
      },
    ],
  },
  version: null,
  evaluation: null,
};

describe('runReport()', () => {
  const html = runReport(RECORD, null, null);

  it('draws one chart a measure, with a line for training and one for validation', () => {
    expect(html).toContain('embedding, epoch by epoch');
    for (const measure of ['loss', 'mae', 'learningRate'])
      expect(html).toContain(`<figcaption>${measure}</figcaption>`);
    const loss = html.slice(html.indexOf('<figcaption>loss'), html.indexOf('<figcaption>mae'));
    expect(loss).toContain('training');
    expect(loss).toContain('validation');
    expect(loss.match(/<circle/g)).toHaveLength(4);
  });

  it('lists parameters by path and needs nothing but itself', () => {
    expect(html).toContain('schedule.kind');
    expect(isSelfContained(html)).toBe(true);
  });
});
