import type { ControlRoutes } from '../operator/http-face';
import { BankClock } from './bank';
import type { BankName } from './bank';
import { bankRoutes, findOrders } from './bank-routes';
import type { BankAddresses, OrderView } from './bank-routes';
import { BankServer } from './bank-server';
import { Behpardakht, SERVICE_PATH, START_PATH } from './behpardakht';
import type { BehpardakhtAccount } from './behpardakht';
import { REQUEST_PATH, START_PATH as ZARINPAL_START_PATH, Zarinpal } from './zarinpal';
import type { ZarinpalAccount } from './zarinpal';

export interface BankSimulatorOptions {
  host?: string;
  /** 0: any free one. */
  ports?: Partial<Record<BankName, number>>;
  mellat: BehpardakhtAccount;
  zarinpal: ZarinpalAccount;
  /** Host names that callbacks may go to, with their subdomains. */
  domains: readonly string[];
}

export interface BankSimulator {
  ports: Record<BankName, number>;
  addresses: BankAddresses;
  /** For the simulators' HTTP face. */
  routes: ControlRoutes;
  /** Of both banks, newest first. */
  orders: (limit: number) => OrderView[];
  stop(): Promise<void>;
}

/** Starts both banks in this process, each on its own port; rejects when a port is taken. */
export async function startBankSimulator(options: BankSimulatorOptions): Promise<BankSimulator> {
  const host = options.host ?? '127.0.0.1';
  const clock = new BankClock();
  const servers = {
    mellat: new BankServer(new Behpardakht(options.mellat, options.domains, clock)),
    zarinpal: new BankServer(new Zarinpal(options.zarinpal, options.domains, clock)),
  };
  const stop = async (): Promise<void> => {
    await Promise.all([servers.mellat.stop(), servers.zarinpal.stop()]);
  };
  try {
    const ports = {
      mellat: await servers.mellat.listen(options.ports?.mellat ?? 0, host),
      zarinpal: await servers.zarinpal.listen(options.ports?.zarinpal ?? 0, host),
    };
    // Who listens everywhere is reached on loopback too.
    const at = (port: number): string => `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${port}`;
    const addresses = {
      mellat: {
        wsdlUrl: `${at(ports.mellat)}${SERVICE_PATH}?wsdl`,
        startUrl: `${at(ports.mellat)}${START_PATH}`,
      },
      zarinpal: {
        baseUrl: at(ports.zarinpal),
        requestUrl: `${at(ports.zarinpal)}${REQUEST_PATH}`,
        startUrl: `${at(ports.zarinpal)}${ZARINPAL_START_PATH}`,
      },
    };
    return {
      ports,
      addresses,
      routes: bankRoutes(servers, clock, addresses),
      orders: (limit) => findOrders(servers, new URLSearchParams({ limit: String(limit) })).items,
      stop,
    };
  } catch (error: unknown) {
    await stop();
    throw error;
  }
}
