import { collectProcessMetrics, counter, gauge, histogram, metrics } from './metrics';

describe('metrics', () => {
  it('gives the same metric for the same name, and refuses another kind or other labels', async () => {
    const sent = counter('spec_sent_total', 'Sent', ['link', 'lane']);
    sent.inc({ link: 'a', lane: 'bulk' }, 3);
    expect(counter('spec_sent_total', 'Sent', ['lane', 'link'])).toBe(sent);
    expect(() => gauge('spec_sent_total', 'Sent', ['link', 'lane'])).toThrow('another kind');
    expect(() => counter('spec_sent_total', 'Sent', ['link'])).toThrow('other labels');
    expect(await metrics.metrics()).toContain('peyk_spec_sent_total{link="a",lane="bulk"} 3');
  });

  it('collects process metrics once', async () => {
    collectProcessMetrics();
    collectProcessMetrics();
    histogram('spec_seconds', 'Took').observe(0.02);
    const text = await metrics.metrics();
    expect(text).toContain('process_resident_memory_bytes');
    expect(text).toContain('peyk_spec_seconds_bucket{le="0.025"} 1');
  });
});
