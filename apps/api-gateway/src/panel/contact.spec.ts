import { ask, startGateway } from '../testing/gateway.fixture';

describe('where people find help', () => {
  it('is told to everybody, by the settings', async () => {
    const gateway = await startGateway({ SUPPORT_PHONE: '021-12345678', SUPPORT_HOURS: 'شنبه تا چهارشنبه' });
    try {
      const { status, body } = await ask(gateway, 'GET', '/api/v1/contact');
      expect([status, body]).toEqual([200, { phone: '021-12345678', hours: 'شنبه تا چهارشنبه' }]);
    } finally {
      await gateway.close();
    }
  });

  it('is empty where nothing is set', async () => {
    const gateway = await startGateway();
    try {
      expect((await ask(gateway, 'GET', '/api/v1/contact')).body).toEqual({});
    } finally {
      await gateway.close();
    }
  });
});
