import { arrivalRoutes } from './arrivals';
import { startOperatorSimulator } from './operator/operator-simulator';
import type { OperatorSimulator } from './operator/operator-simulator';
import { SmppClient } from './operator/smpp-client.fixture';

describe(arrivalRoutes.name, () => {
  it('shows a newcomer in a browser what no phone gets, hostile texts as texts', async () => {
    const at = '2026-12-01T08:30:00.000Z';
    const simulator: OperatorSimulator = await startOperatorSimulator({
      accounts: { demo: { password: 'secret' } },
      routes: arrivalRoutes({
        operator: () => simulator.operator,
        bale: {
          codes: [{ at, mobile: '989120000001', code: '482913' }],
          messages: [{ at, mobile: '989120000002', text: '<script>alert(1)</script>', replyMarkup: null }],
        },
        mailbox: {
          mails: [{ at, from: 'peyk', to: ['sara@example.ir'], subject: 'رمز تازه', text: 'بزنید' }],
        },
        orders: () => [],
      }),
    });
    try {
      const client = await SmppClient.bound(simulator.smppPort, 'demo');
      await client.statuses(1, {});
      const response = await fetch(`http://127.0.0.1:${simulator.httpPort}/`);
      const html = await response.text();
      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
      for (const text of ['482913', 'sara@example.ir', 'رمز تازه', '989121234567', 'سلام']) {
        expect(html).toContain(text);
      }
      expect(html).toContain('&lt;script&gt;');
      expect(html).not.toContain('<script>');
      expect(html).toContain('هنوز چیزی نرسیده است');
      client.close();
    } finally {
      await simulator.stop();
    }
  });
});
