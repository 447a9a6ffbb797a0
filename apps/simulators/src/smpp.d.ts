/** The part of npm `smpp` (it has no types) that the specs use as a client. */
declare module 'smpp' {
  interface Pdu {
    command: string;
    command_id: number;
    command_status: number;
    sequence_number: number;
    [field: string]: unknown;
    response(fields?: Record<string, unknown>): Pdu;
    toBuffer(): Buffer;
  }
  interface Session {
    on(event: string, listener: (argument: never) => void): this;
    once(event: string, listener: (argument: never) => void): this;
    send(pdu: Pdu, onResponse?: (pdu: Pdu) => void): boolean;
    bind_transceiver(fields: Record<string, unknown>, onResponse: (pdu: Pdu) => void): boolean;
    bind_transmitter(fields: Record<string, unknown>, onResponse: (pdu: Pdu) => void): boolean;
    bind_receiver(fields: Record<string, unknown>, onResponse: (pdu: Pdu) => void): boolean;
    submit_sm(fields: Record<string, unknown>, onResponse: (pdu: Pdu) => void): boolean;
    query_sm(fields: Record<string, unknown>, onResponse: (pdu: Pdu) => void): boolean;
    enquire_link(onResponse: (pdu: Pdu) => void): boolean;
    unbind(onResponse: (pdu: Pdu) => void): boolean;
    pause(): void;
    destroy(): void;
    socket: import('node:net').Socket;
  }
  const PDU: new (command: string, fields?: Record<string, unknown>) => Pdu;
  const types: { tlv: { buffer: unknown } };
  function connect(options: { host: string; port: number }): Session;
  function addTLV(name: string, options: { id: number; type: unknown }): void;
}
