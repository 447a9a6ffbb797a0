import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { DelayWheel } from './delay-wheel';
import { OperatorAccount } from './operator-account';
import { epochMs, ReceivedParts } from './received-parts';
import type { DuplicateReport, PartFilter, ReceivedPart } from './received-parts';
import { formatMessageId, Inbound, Receipt } from './receipt';
import { applyPatch, DEFAULT_SETTINGS, InvalidInput } from './settings';
import type { AccountPatch, AccountSettings, Fault, FaultKind, InboundMessage, RawRequest } from './settings';
import { SmppConnection } from './smpp-connection';
import type { BindMode, ConnectionHandler } from './smpp-connection';
import {
  Command,
  cstringEnd,
  HEADER_BYTES,
  Status,
  SubmitSm,
  writeBindResponse,
  writeGarbage,
} from './smpp-pdu';
import { encodeInbound } from './text';

const SYSTEM_ID = 'OPERATOR';
const CONNECTIONS_MAX = 1_000;
const SOCKET_BUFFER_BYTES = 262_144;
const SWEEP_MS = 50;
const BIND_WITHIN_MS = 10_000;
/** The lead of a receipt that overtakes its response: long enough to arrive first on another connection. */
const OVERTAKE_MS = 20;
const STOP_WITHIN_MS = 300;
const SUBMIT_FAULTS: readonly FaultKind[] = ['error', 'drop', 'noAnswer', 'lateAnswer', 'garbage'];
const SLOW_READ_FAULT: readonly FaultKind[] = ['slowRead'];
const BIND_FAULT: readonly FaultKind[] = ['refuseBind'];
const BIND_MODES = new Map<number, BindMode>([
  [Command.bindReceiver, 'receiver'],
  [Command.bindTransmitter, 'transmitter'],
  [Command.bindTransceiver, 'transceiver'],
]);

/** PEM. */
export interface OperatorTls {
  readonly cert: string;
  readonly key: string;
}

export class UnknownAccount extends Error {}

/** The SMSC: accepts binds and parts, keeps contracts, sends receipts and inbound messages, misbehaves when asked to. */
export class Operator implements ConnectionHandler {
  private readonly accounts = new Map<string, OperatorAccount>();
  private readonly parts: ReceivedParts;
  private readonly connections = new Set<SmppConnection>();
  private readonly wheel = new DelayWheel();
  private readonly server: Server;
  private readonly submit = new SubmitSm();
  private readonly sweeper: NodeJS.Timeout;
  private lastConnectionId = 0;
  /** No id comes twice, also not from the next process: ids begin at the ms of the start, 1,000 for each. */
  private lastMessageId = (Date.now() - 1_700_000_000_000) * 1_000;

  /** `tls`: certificate and key with which it speaks SMPP over TLS, and nothing else. */
  constructor(
    keepParts: number,
    private readonly random: () => number,
    tls?: OperatorTls,
  ) {
    this.parts = new ReceivedParts(keepParts);
    const onConnection = (socket: Socket): void => this.onConnection(socket);
    this.server = tls
      ? createTlsServer(tls, onConnection)
      : createServer({ highWaterMark: SOCKET_BUFFER_BYTES }, onConnection);
    this.server.maxConnections = CONNECTIONS_MAX;
    this.sweeper = setInterval(() => this.sweep(), SWEEP_MS);
  }

  /** Resolves with the port. */
  listen(port: number, host: string): Promise<number> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, host, () => resolve((this.server.address() as AddressInfo).port));
    });
  }

  /** Says unbind to every client and closes, at most 300 ms later by force. */
  async stop(): Promise<void> {
    clearInterval(this.sweeper);
    this.wheel.stop();
    const closed = new Promise((resolve) => this.server.close(resolve));
    for (const connection of this.connections) {
      if (connection.mode) connection.header(Command.unbind, Status.ok, 0x7fffffff);
      connection.end();
    }
    const force = setTimeout(() => this.killBinds({}), STOP_WITHIN_MS);
    await closed;
    clearTimeout(force);
  }

  account(systemId: string): OperatorAccount {
    const account = this.accounts.get(systemId);
    if (!account) throw new UnknownAccount(systemId);
    return account;
  }

  /** Creates the account or changes it; binds stay as they are. */
  putAccount(systemId: string, patch: AccountPatch): AccountSettings {
    const known = this.accounts.get(systemId);
    if (known) {
      known.change(patch);
      return known.settings;
    }
    if (!/^[\x21-\x7e]{1,15}$/.test(systemId))
      throw new InvalidInput('systemId must be 1 to 15 printable characters');
    const settings = applyPatch(DEFAULT_SETTINGS, patch);
    const index = this.parts.accountIndex(systemId);
    this.accounts.set(
      systemId,
      new OperatorAccount(systemId, index, settings, (ms, run) => this.wheel.after(ms, run)),
    );
    return settings;
  }

  settings(): Record<string, AccountSettings & { faults: Fault[] }> {
    return Object.fromEntries(
      [...this.accounts.values()].map((account) => [
        account.systemId,
        { ...account.settings, faults: account.faults },
      ]),
    );
  }

  putFaults(systemId: string, faults: Fault[]): void {
    this.account(systemId).faults = faults;
  }

  /** Queues messages from handsets to lines; returns the number of deliver_sm they make. */
  sendInbound(systemId: string, messages: InboundMessage[]): number {
    const account = this.account(systemId);
    const encoded = messages.map((message) => ({
      message,
      parts: encodeInbound(message.text, message.wideReference ?? false, message),
    }));
    let queued = 0;
    for (const { message, parts } of encoded) {
      if (message.order === 'reversed') parts.reverse();
      if (message.order === 'shuffled') shuffle(parts, this.random);
      const { only, dataCoding, esmClass, asData } = message;
      for (const [at, part] of parts.entries()) {
        if (only && !only.includes(at + 1)) continue;
        const inbound = new Inbound({
          source: message.from,
          destination: message.to,
          ...part,
          dataCoding: dataCoding ?? part.dataCoding,
          esmClass: part.esmClass | (esmClass ?? 0),
          ...(asData && { asData }),
        });
        if (account.deliver(inbound, 0)) queued++;
      }
    }
    return queued;
  }

  /** Writes the given PDUs to the account's oldest bind; their sequence numbers. */
  sendRaw({ account: systemId, pdus }: RawRequest): number[] {
    const [bind] = this.account(systemId).binds;
    return bind ? pdus.map((pdu) => bind.raw(pdu)) : [];
  }

  /** Counters begin again, as on another node: ids come again. */
  beginIds(after: number): void {
    this.lastMessageId = after;
  }

  /** Closes binds without a word; returns how many. */
  killBinds(request: { account?: string; count?: number }): number {
    if (request.account !== undefined) this.account(request.account);
    const doomed = [...this.connections]
      .filter(({ account }) => request.account === undefined || account?.systemId === request.account)
      .slice(0, request.count);
    for (const connection of doomed) connection.destroy();
    return doomed.length;
  }

  /** Back to a quiet operator: counters, remembered parts, pending deliveries and faults go; accounts and binds stay. */
  reset(): void {
    this.parts.clear();
    for (const account of this.accounts.values()) account.reset();
  }

  findParts(filter: PartFilter, offset: number, limit: number): { total: number; items: ReceivedPart[] } {
    return this.parts.find(filter, offset, limit);
  }

  duplicates(systemId?: string): DuplicateReport {
    return this.parts.duplicates(systemId);
  }

  stats(systemId: string): AccountStats {
    const account = this.account(systemId);
    const { worst, worstEndsAt } = account.perSecond;
    const { firstAt, lastAt } = account.histogram;
    return {
      account: systemId,
      now: epochMs(performance.now()),
      submitted: account.submitted,
      accepted: account.accepted,
      throttled: account.throttled,
      windowExceeded: account.windowExceeded,
      refusedByStatus: Object.fromEntries(
        [...account.refusedByStatus].map(([status, count]) => [
          `0x${status.toString(16).padStart(8, '0')}`,
          count,
        ]),
      ),
      faults: Object.fromEntries(account.faultHits),
      receipts: { ...account.receipts },
      inbound: { ...account.inbound },
      rawAnswers: [...account.rawAnswers],
      binds: [...account.binds].map((bind) => ({
        id: bind.id,
        mode: bind.mode as BindMode,
        remotePort: bind.remotePort ?? null,
        accepted: bind.accepted,
        outstanding: bind.outstanding,
        deliveriesInFlight: bind.inFlight.size,
      })),
      firstAt: firstAt === null ? null : epochMs(firstAt),
      lastAt: lastAt === null ? null : epochMs(lastAt),
      worstSecond: { parts: worst, endsAt: worst === 0 ? null : epochMs(worstEndsAt) },
      histogram: account.histogram.snapshot(),
      forgottenParts: this.parts.forgotten,
    };
  }

  onPdu(connection: SmppConnection, buffer: Buffer, at: number, end: number, now: number): void {
    const command = buffer.readUInt32BE(at + 4);
    const sequence = buffer.readUInt32BE(at + 12);
    switch (command) {
      case Command.submitSm:
        this.onSubmit(connection, buffer, at + HEADER_BYTES, end, sequence, now);
        return;
      case (Command.dataSm | Command.response) >>> 0:
      case (Command.deliverSm | Command.response) >>> 0:
        connection.account?.onDeliverResponse(connection, sequence, buffer.readUInt32BE(at + 8));
        return;
      case Command.enquireLink:
        connection.header((Command.enquireLink | Command.response) >>> 0, Status.ok, sequence);
        return;
      case Command.bindReceiver:
      case Command.bindTransmitter:
      case Command.bindTransceiver:
        this.onBind(connection, command, buffer, at + HEADER_BYTES, end, sequence);
        return;
      case Command.unbind:
        connection.header((Command.unbind | Command.response) >>> 0, Status.ok, sequence);
        connection.end();
        return;
      default:
        if (command < Command.response)
          connection.header(Command.response, Status.invalidCommandId, sequence);
    }
  }

  onClose(connection: SmppConnection): void {
    this.connections.delete(connection);
    connection.account?.leave(connection);
  }

  private onConnection(socket: Socket): void {
    this.connections.add(new SmppConnection(++this.lastConnectionId, socket, this));
  }

  private onBind(
    connection: SmppConnection,
    command: number,
    buffer: Buffer,
    at: number,
    end: number,
    sequence: number,
  ): void {
    const nameEnd = cstringEnd(buffer, at, end);
    const passwordEnd = nameEnd < 0 ? -1 : cstringEnd(buffer, nameEnd + 1, end);
    const account = this.accounts.get(buffer.toString('latin1', at, Math.max(at, nameEnd)));
    const password = buffer.toString('latin1', nameEnd + 1, Math.max(nameEnd + 1, passwordEnd));
    let status: number = Status.ok;
    if (connection.mode) status = Status.alreadyBound;
    else if (passwordEnd < 0) status = Status.invalidCommandLength;
    else if (!account) status = Status.invalidSystemId;
    else if (account.settings.password !== password) status = Status.invalidPassword;
    else if (account.binds.size >= account.settings.maxBinds) status = Status.alreadyBound;
    else status = account.drawFault(BIND_FAULT, this.random)?.status ?? Status.ok;
    const delayMs = account?.settings.bindLatencyMs ?? 0;
    const answer = (): void =>
      connection.write((writer) => writeBindResponse(writer, command, status, sequence, SYSTEM_ID));
    if (delayMs > 0) this.wheel.after(delayMs, answer);
    else answer();
    if (status === Status.ok && account) {
      connection.account = account;
      connection.mode = BIND_MODES.get(command) as BindMode;
      account.join(connection);
    } else {
      if (account) account.countRefusal(status);
      if (!connection.mode) connection.end();
    }
  }

  private onSubmit(
    connection: SmppConnection,
    buffer: Buffer,
    at: number,
    end: number,
    sequence: number,
    now: number,
  ): void {
    connection.outstanding++;
    const account = connection.account;
    if (!account || connection.mode === 'receiver') {
      connection.answerSubmit(sequence, Status.invalidBindStatus, '');
      return;
    }
    account.submitted++;
    const fault = account.faults.length === 0 ? null : this.drawSubmitFault(connection, account);
    const refused = this.refusal(connection, account, fault, buffer, at, end, now);
    if (refused !== Status.ok) {
      account.countRefusal(refused);
      this.answer(connection, account, sequence, refused, '', 0);
      return;
    }
    const id = this.nextId(account, now);
    connection.accepted++;
    this.parts.append(now, account.index, connection.id, id, this.submit);
    const messageId = formatMessageId(id, account.settings.messageIdForm);
    const receipt = this.drawReceipt(connection, account, id, messageId, now);
    const overtakes = receipt !== null && this.random() < account.settings.receipts.beforeResponse;
    if (overtakes) account.deliver(receipt, 0);
    const extraMs = overtakes ? OVERTAKE_MS : 0;
    if (fault) this.answerBadly(connection, account, sequence, messageId, fault, extraMs);
    else this.answer(connection, account, sequence, Status.ok, messageId, extraMs);
    // After the response, so that what is due in the same tick keeps its order.
    if (receipt && !overtakes) account.deliver(receipt, receipt.dueInMs);
    const { then } = account.settings.receipts;
    if (receipt && then) {
      const second = receipt.withWord(then.outcome, then.afterMs);
      account.deliver(second, second.dueInMs);
    }
  }

  private nextId(account: OperatorAccount, now: number): number {
    const { concatPart, concatReference, buffer, destinationStart, destinationEnd } = this.submit;
    if (!account.settings.oneIdForParts || concatPart === 0) return ++this.lastMessageId;
    const key = `${concatReference} ${buffer.toString('latin1', destinationStart, destinationEnd)}`;
    return account.idOfParts(key, now, () => ++this.lastMessageId);
  }

  private drawSubmitFault(connection: SmppConnection, account: OperatorAccount): Fault | null {
    const slow = account.drawFault(SLOW_READ_FAULT, this.random);
    if (slow) connection.stall(slow.ms);
    return account.drawFault(SUBMIT_FAULTS, this.random);
  }

  /** Reads the PDU into `this.submit`; ESME_ROK when the part is accepted and counted. */
  private refusal(
    connection: SmppConnection,
    account: OperatorAccount,
    fault: Fault | null,
    buffer: Buffer,
    at: number,
    end: number,
    now: number,
  ): number {
    const unreadable = this.submit.read(buffer, at, end);
    if (unreadable !== Status.ok) return unreadable;
    if (fault?.kind === 'error') return fault.status;
    const window = account.settings.window;
    if (window !== null && connection.outstanding > window) {
      account.windowExceeded++;
      return Status.messageQueueFull;
    }
    return account.tryAccept(now) ? Status.ok : Status.throttled;
  }

  private answer(
    connection: SmppConnection,
    account: OperatorAccount,
    sequence: number,
    status: number,
    messageId: string,
    extraMs: number,
  ): void {
    const delayMs = account.settings.latencyMs + extraMs;
    if (delayMs === 0) connection.answerSubmit(sequence, status, messageId);
    else this.wheel.after(delayMs, () => connection.answerSubmit(sequence, status, messageId));
  }

  private answerBadly(
    connection: SmppConnection,
    account: OperatorAccount,
    sequence: number,
    messageId: string,
    fault: Fault,
    extraMs: number,
  ): void {
    if (fault.kind === 'lateAnswer') {
      this.answer(connection, account, sequence, Status.ok, messageId, extraMs + fault.ms);
      return;
    }
    if (fault.kind === 'drop') connection.destroy();
    if (fault.kind === 'garbage') {
      connection.write((writer) => writeGarbage(writer, fault.form, sequence, messageId, this.random));
    }
    // Never to be answered: the operator has forgotten it, so its window has room again.
    connection.outstanding--;
  }

  /** Draws the fate of the part in `this.submit`; null when no receipt is asked for or none will come. */
  private drawReceipt(
    connection: SmppConnection,
    account: OperatorAccount,
    id: number,
    messageId: string,
    now: number,
  ): Receipt | null {
    const { receipts, latencyMs } = account.settings;
    if (receipts.firstPartOnly && this.submit.concatPart > 1) return null;
    const asked = this.submit.registeredDelivery & 0x03; // 1: any final state, 2: failures only
    if (!receipts.enabled || (asked !== 1 && asked !== 2)) return null;
    const outcome = account.drawOutcome(this.random);
    if (outcome === 'none' || (asked === 2 && outcome === 'DELIVRD')) return null;
    const { min, max } = receipts.delayMs;
    const { buffer, sourceStart, sourceEnd, destinationStart, destinationEnd } = this.submit;
    return new Receipt(
      connection.id,
      receipts.idForm === 'same' ? messageId : formatMessageId(id, receipts.idForm),
      outcome,
      buffer.toString('latin1', sourceStart, sourceEnd),
      buffer.toString('latin1', destinationStart, destinationEnd),
      epochMs(now),
      latencyMs + min + (max > min ? this.random() * (max - min) : 0),
      receipts,
    );
  }

  private sweep(): void {
    const now = performance.now();
    for (const account of this.accounts.values()) account.sweep(now);
    for (const connection of this.connections) {
      const patienceMs = connection.account?.settings.enquireLinkMs ?? BIND_WITHIN_MS;
      if (connection.enquiredAt !== null) {
        if (now - connection.enquiredAt >= patienceMs) connection.destroy();
      } else if (now - connection.lastReadAt >= patienceMs) {
        if (connection.mode) connection.enquire(now);
        else connection.destroy();
      }
    }
  }
}

export interface AccountStats {
  account: string;
  /** The clock of all times here: ms since the epoch with fractions. */
  now: number;
  /** submit_sm read, and those of them accepted. */
  submitted: number;
  accepted: number;
  /** Refused for the contract's sake: rate, window. Not those that a fault refused. */
  throttled: number;
  windowExceeded: number;
  /** Every refused submit_sm and bind, by command_status. */
  refusedByStatus: Record<string, number>;
  faults: Partial<Record<FaultKind, number>>;
  receipts: OperatorAccount['receipts'];
  inbound: OperatorAccount['inbound'];
  /** Answers to deliver_sm and data_sm that were written raw, the last 1,000. */
  rawAnswers: OperatorAccount['rawAnswers'];
  binds: {
    id: number;
    mode: BindMode;
    remotePort: number | null;
    accepted: number;
    outstanding: number;
    deliveriesInFlight: number;
  }[];
  /** First and last accepted part. */
  firstAt: number | null;
  lastAt: number | null;
  /** The sliding second with most accepted parts since the last reset. */
  worstSecond: { parts: number; endsAt: number | null };
  /** Accepted parts by bucket, the first of which begins at `firstAt`; two hours at most. */
  histogram: { bucketMs: number; counts: number[] };
  /** Parts of any account that were accepted but are no longer remembered. */
  forgottenParts: number;
}

function shuffle<T>(items: T[], random: () => number): void {
  for (let at = items.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [items[at], items[other]] = [items[other] as T, items[at] as T];
  }
}
