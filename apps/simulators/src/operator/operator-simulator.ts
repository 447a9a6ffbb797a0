import { HttpFace } from './http-face';
import type { ControlRoutes } from './http-face';
import { Operator } from './operator';
import type { OperatorTls } from './operator';
import type { AccountPatch } from './settings';

export interface OperatorSimulatorOptions {
  /** Default 127.0.0.1. */
  host?: string;
  /** Given: its SMPP port speaks TLS with it. */
  tls?: OperatorTls;
  /** 0, the default, takes any free port. */
  smppPort?: number;
  httpPort?: number;
  /** By system_id; more can be put at run time. */
  accounts?: Record<string, AccountPatch>;
  /** Accepted parts to remember; default 4,000,000 (about 110 octets each, taken as they come). */
  keepParts?: number;
  /** Of the other simulators, on the same HTTP face. */
  routes?: ControlRoutes;
  /** Source of all dice; a test may give a seeded one. */
  random?: () => number;
}

export interface OperatorSimulator {
  smppPort: number;
  httpPort: number;
  operator: Operator;
  stop(): Promise<void>;
}

/** Starts the SMSC and its HTTP face in this process; rejects when a port is taken or an account is wrong. */
export async function startOperatorSimulator(
  options: OperatorSimulatorOptions = {},
): Promise<OperatorSimulator> {
  const host = options.host ?? '127.0.0.1';
  const operator = new Operator(options.keepParts ?? 4_000_000, options.random ?? Math.random, options.tls);
  const face = new HttpFace(operator, options.routes);
  try {
    for (const [systemId, patch] of Object.entries(options.accounts ?? {}))
      operator.putAccount(systemId, patch);
    const smppPort = await operator.listen(options.smppPort ?? 0, host);
    const httpPort = await face.listen(options.httpPort ?? 0, host);
    return {
      smppPort,
      httpPort,
      operator,
      stop: async () => {
        await Promise.all([operator.stop(), face.stop()]);
      },
    };
  } catch (error: unknown) {
    await Promise.all([operator.stop(), face.stop()]);
    throw error;
  }
}
