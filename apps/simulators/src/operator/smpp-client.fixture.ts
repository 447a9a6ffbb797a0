import * as smpp from 'smpp';
import type { Pdu, Session } from 'smpp';
import type { BindMode } from './smpp-connection';

smpp.addTLV('client_reference', { id: 0x1400, type: smpp.types.tlv.buffer });

export interface DeliveredSm extends Pdu {
  source_addr: string;
  destination_addr: string;
  esm_class: number;
  data_coding: number;
  short_message: { message: string | Buffer; udh?: Buffer[] };
  receipted_message_id?: string;
  message_state?: number;
}

/** npm `smpp` as the client of the specs: what it received in the order it came, answers to deliver_sm at will. */
export class SmppClient {
  readonly delivered: DeliveredSm[] = [];
  /** Commands in the order they arrived. */
  readonly arrived: string[] = [];
  readonly errors: Error[] = [];
  enquired = 0;
  closed = false;
  /** command_status of the answers to deliver_sm; null: no answer. */
  deliverStatus: number | null = 0;
  answersEnquireLink = true;

  private constructor(readonly session: Session) {
    session.socket.setNoDelay(true);
    session.on('pdu', (pdu: Pdu) => this.arrived.push(pdu.command));
    session.on('error', (error: Error) => this.errors.push(error));
    session.on('close', () => (this.closed = true));
    session.on('enquire_link', (pdu: Pdu) => {
      this.enquired++;
      if (this.answersEnquireLink) session.send(pdu.response());
    });
    session.on('deliver_sm', (pdu: DeliveredSm) => {
      this.delivered.push(pdu);
      if (this.deliverStatus !== null) session.send(pdu.response({ command_status: this.deliverStatus }));
    });
  }

  static async connect(port: number): Promise<SmppClient> {
    const client = new SmppClient(smpp.connect({ host: '127.0.0.1', port }));
    await new Promise<void>((resolve) => client.session.once('connect', () => resolve()));
    return client;
  }

  /** Connects and binds; throws on any other status than ESME_ROK. */
  static async bound(
    port: number,
    systemId = 'acct',
    mode: BindMode = 'transceiver',
    password = 'secret',
  ): Promise<SmppClient> {
    const client = await SmppClient.connect(port);
    const status = await client.bind(systemId, password, mode);
    if (status !== 0) throw new Error(`bind was answered with 0x${status.toString(16)}`);
    return client;
  }

  bind(systemId: string, password: string, mode: BindMode = 'transceiver'): Promise<number> {
    const fields = { system_id: systemId, password };
    return new Promise((resolve) => {
      const done = (pdu: Pdu): void => resolve(pdu.command_status);
      if (mode === 'transceiver') this.session.bind_transceiver(fields, done);
      else if (mode === 'transmitter') this.session.bind_transmitter(fields, done);
      else this.session.bind_receiver(fields, done);
    });
  }

  submit(
    fields: Record<string, unknown> & { reference?: string } = {},
  ): Promise<Pdu & { message_id?: string }> {
    const { reference, ...rest } = fields;
    const tlv = reference === undefined ? {} : { client_reference: Buffer.from(reference) };
    const defaults = {
      source_addr: '98300012345',
      destination_addr: '989121234567',
      registered_delivery: 1,
      data_coding: 8,
      short_message: 'سلام',
    };
    return new Promise((resolve) => this.session.submit_sm({ ...defaults, ...rest, ...tlv }, resolve));
  }

  /** command_status of `count` submits sent in one go, in the order of their answers. */
  async statuses(count: number, fields: { reference?: string } = {}): Promise<number[]> {
    this.session.socket.cork();
    const answers = Array.from({ length: count }, () => this.submit(fields));
    this.session.socket.uncork();
    return (await Promise.all(answers)).map((pdu) => pdu.command_status);
  }

  close(): void {
    this.session.destroy();
  }
}

/** Waits until `condition` holds; throws after half a minute, naming `what`. */
export async function until(what: string, condition: () => boolean): Promise<void> {
  const deadline = performance.now() + 30_000;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`${what}: not within 30 s`);
    await sleep(5);
  }
}

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
