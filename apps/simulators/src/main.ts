import { runCommand } from '@peyk/platform';
import { arrivalRoutes } from './arrivals';
import { Bale } from './bale/bale';
import { baleRoutes } from './bale/bale-routes';
import { BaleServer } from './bale/bale-server';
import { startBankSimulator } from './banks/bank-simulator';
import { accountsOf, SimulatorsConfig } from './config';
import { Mailbox, mailRoutes } from './mail/mailbox';
import { startOperatorSimulator } from './operator/operator-simulator';
import type { OperatorSimulator } from './operator/operator-simulator';

/** Account of the simulated Safir; no secret. */
const SAFIR = { clientId: 'peyk', clientSecret: 'peyk-sim', credit: 1_000_000 };
/** As payers read it on the banks' pages. */
const MERCHANT = 'پیک';

/** They talk to none of the programs: no service, but a command that ends with a signal. */
runCommand(
  { program: 'simulators', action: 'start', config: SimulatorsConfig },
  async ({ config, logger }) => {
    const accounts = accountsOf(config);
    const bale = new Bale({ botToken: config.baleToken, ...SAFIR });
    const baleServer = new BaleServer(bale);
    const mailbox = new Mailbox();
    const balePort = await baleServer.listen(config.balePort, config.host);
    const smtpPort = await mailbox.listen(config.smtpPort, config.host);
    const banks = await startBankSimulator({
      host: config.host,
      ports: { mellat: config.mellatPort, zarinpal: config.zarinpalPort },
      mellat: {
        terminalId: config.mellatTerminal,
        userName: config.mellatUser,
        userPassword: config.mellatPassword,
        merchant: MERCHANT,
      },
      zarinpal: { merchantIds: config.zarinpalMerchants.split(','), merchant: MERCHANT },
      domains: config.bankDomains.split(','),
    });
    const simulator: OperatorSimulator = await startOperatorSimulator({
      host: config.host,
      smppPort: config.smppPort,
      httpPort: config.httpPort,
      routes: {
        ...baleRoutes(bale),
        ...mailRoutes(mailbox),
        ...banks.routes,
        ...arrivalRoutes({ operator: () => simulator.operator, bale, mailbox, orders: banks.orders }),
      },
      accounts: Object.fromEntries(accounts.map(({ systemId, settings }) => [systemId, settings])),
    });
    const { smppPort, httpPort } = simulator;
    const systemIds = accounts.map(({ systemId }) => systemId);
    logger.info(
      {
        host: config.host,
        smppPort,
        httpPort,
        balePort,
        smtpPort,
        bankPorts: banks.ports,
        accounts: systemIds,
      },
      'simulators are ready',
    );
    const signal = await new Promise<string>((resolve) => {
      for (const name of ['SIGTERM', 'SIGINT'] as const) process.once(name, resolve);
    });
    logger.info({ signal }, 'stopping');
    await Promise.all([simulator.stop(), baleServer.stop(), mailbox.stop(), banks.stop()]);
  },
);
