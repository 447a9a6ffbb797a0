import 'reflect-metadata';
import { plainToInstance, Type } from 'class-transformer';
import type { ClassConstructor } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateIf,
  ValidateNested,
  validateSync,
} from 'class-validator';
import type { ValidationError } from 'class-validator';
import { Status } from './smpp-pdu';
import type { GarbageForm } from './smpp-pdu';

/** Final states of a receipt, as its text names them (SMPP 3.4 appendix B); `none`: no receipt ever comes. */
export const RECEIPT_OUTCOMES = ['DELIVRD', 'UNDELIV', 'EXPIRED', 'REJECTD', 'none'] as const;
export type ReceiptOutcome = (typeof RECEIPT_OUTCOMES)[number];

/** How a message id is written; `hexPadded` has leading zeros up to 16 digits. */
export const MESSAGE_ID_FORMS = ['decimal', 'hex', 'hexUpper', 'hexPadded'] as const;
export type MessageIdForm = (typeof MESSAGE_ID_FORMS)[number];

export interface ReceiptSettings {
  enabled: boolean;
  /** After the response, in ms, drawn evenly. */
  delayMs: { min: number; max: number };
  /** Weights; they need not add up to anything. */
  mix: Record<ReceiptOutcome, number>;
  /** Form of the id in receipts; `same` as in the response. */
  idForm: MessageIdForm | 'same';
  /** Send receipts on another bind of the account than the one the message came in on, when there is one. */
  onOtherBind: boolean;
  /** Probability that the receipt is sent before the response. */
  beforeResponse: number;
  /** False: source and destination stand as they did in the submit_sm. */
  turned: boolean;
  /** Alphabet of the text. */
  text: 'latin1' | 'ucs2';
  /** As data_sm with message_payload, not as deliver_sm. */
  asData: boolean;
  /** The id in receipted_message_id, and in the text: right, one that nobody knows, or not there. */
  tlvId: 'right' | 'wrong' | 'none';
  textId: 'right' | 'wrong' | 'none';
  /** Of the parts of a long message only the first is reported. */
  firstPartOnly: boolean;
  /** A second word `afterMs` after the first; null: none. */
  then: { outcome: Exclude<ReceiptOutcome, 'none'>; afterMs: number } | null;
}

/** What one operator account (an SMPP system_id) may do and how the operator treats it. */
export interface AccountSettings {
  password: string;
  maxBinds: number;
  /** Requests of one bind that may be without an answer; above it ESME_RMSGQFUL. `null`: unlimited. */
  window: number | null;
  /** Contract, over all binds in any sliding second; above it ESME_RTHROTTLED. `null`: unlimited. */
  partsPerSecond: number | null;
  /** From submit_sm to its response. */
  latencyMs: number;
  /** From a bind to its answer. */
  bindLatencyMs: number;
  messageIdForm: MessageIdForm;
  /** All parts of a long message are answered with the id of its first. */
  oneIdForParts: boolean;
  receipts: ReceiptSettings;
  /** deliver_sm that may be unanswered on one bind. */
  deliverWindow: number;
  /** After this a deliver_sm without an answer is sent again, on whichever bind is next. */
  deliverTimeoutMs: number;
  /** An idle bind is asked with enquire_link; one that answers nothing for as long again is closed. */
  enquireLinkMs: number;
}

/**
 * What goes wrong, with which probability, and for how many times (`null`: until changed).
 * - `drop`: the part is accepted, then the socket is closed without an answer
 * - `noAnswer`: accepted, never answered
 * - `lateAnswer`: accepted, answered `ms` later than usual
 * - `error`: refused with `status`, not accepted
 * - `garbage`: accepted; the answer has octets too many or too few (`noZero`, `extraZero`, `undecodable`), or what comes is no PDU
 * - `slowRead`: the connection's reader stops for `ms` after this PDU
 * - `refuseBind`: a bind is answered with `status`
 */
export interface Fault {
  kind: (typeof FAULT_KINDS)[number];
  probability: number;
  count: number | null;
  ms: number;
  status: number;
  form: GarbageForm;
}
const FAULT_KINDS = ['drop', 'noAnswer', 'lateAnswer', 'error', 'garbage', 'slowRead', 'refuseBind'] as const;
export type FaultKind = Fault['kind'];

export const DEFAULT_SETTINGS: Readonly<AccountSettings> = {
  password: '',
  maxBinds: 4,
  window: 100,
  partsPerSecond: null,
  latencyMs: 0,
  bindLatencyMs: 0,
  messageIdForm: 'decimal',
  oneIdForParts: false,
  receipts: {
    enabled: true,
    delayMs: { min: 0, max: 0 },
    mix: { DELIVRD: 1, UNDELIV: 0, EXPIRED: 0, REJECTD: 0, none: 0 },
    idForm: 'same',
    onOtherBind: false,
    beforeResponse: 0,
    turned: true,
    text: 'latin1',
    asData: false,
    tlvId: 'right',
    textId: 'right',
    firstPartOnly: false,
    then: null,
  },
  deliverWindow: 500,
  deliverTimeoutMs: 10_000,
  enquireLinkMs: 10_000,
};

export class InvalidInput extends Error {}

const HOUR_MS = 3_600_000;
const ACCOUNTS_MAX = 1_000;
const FAULTS_MAX = 50;
const TEXT_CHARS_MAX = 16_000;
const INBOUND_BATCH_MAX = 10_000;

/** Absent is allowed, `null` is not (IsOptional would allow both). */
const IfGiven = (): PropertyDecorator => ValidateIf((_, value: unknown) => value !== undefined);
const IfSet = (): PropertyDecorator =>
  ValidateIf((_, value: unknown) => value !== undefined && value !== null);

class DelayRange {
  @IsInt() @Min(0) @Max(HOUR_MS) min!: number;
  @IsInt() @Min(0) @Max(HOUR_MS) max!: number;
}

class OutcomeMix {
  @IfGiven() @IsNumber() @Min(0) DELIVRD?: number;
  @IfGiven() @IsNumber() @Min(0) UNDELIV?: number;
  @IfGiven() @IsNumber() @Min(0) EXPIRED?: number;
  @IfGiven() @IsNumber() @Min(0) REJECTD?: number;
  @IfGiven() @IsNumber() @Min(0) none?: number;
}

class SecondWord {
  @IsIn(RECEIPT_OUTCOMES.filter((outcome) => outcome !== 'none')) outcome!: Exclude<ReceiptOutcome, 'none'>;
  @IsInt() @Min(0) @Max(HOUR_MS) afterMs!: number;
}

class ReceiptPatch {
  @IfGiven() @IsBoolean() enabled?: boolean;
  @IfGiven() @ValidateNested() @Type(() => DelayRange) delayMs?: DelayRange;
  @IfGiven() @ValidateNested() @Type(() => OutcomeMix) mix?: OutcomeMix;
  @IfGiven() @IsIn(['same', ...MESSAGE_ID_FORMS]) idForm?: MessageIdForm | 'same';
  @IfGiven() @IsBoolean() onOtherBind?: boolean;
  @IfGiven() @IsNumber() @Min(0) @Max(1) beforeResponse?: number;
  @IfGiven() @IsBoolean() turned?: boolean;
  @IfGiven() @IsIn(['latin1', 'ucs2']) text?: 'latin1' | 'ucs2';
  @IfGiven() @IsBoolean() asData?: boolean;
  @IfGiven() @IsIn(['right', 'wrong', 'none']) tlvId?: 'right' | 'wrong' | 'none';
  @IfGiven() @IsIn(['right', 'wrong', 'none']) textId?: 'right' | 'wrong' | 'none';
  @IfGiven() @IsBoolean() firstPartOnly?: boolean;
  @IfSet() @ValidateNested() @Type(() => SecondWord) then?: SecondWord | null;
}

/** Any part of AccountSettings; what is absent stays as it is. `mix` and `delayMs` are replaced whole. */
export class AccountPatch {
  /** SMPP 3.4 gives a password 8 characters. */
  @IfGiven() @IsString() @Length(1, 8) password?: string;
  @IfGiven() @IsInt() @Min(0) @Max(100) maxBinds?: number;
  @IfSet() @IsInt() @Min(1) @Max(100_000) window?: number | null;
  @IfSet() @IsInt() @Min(1) @Max(100_000) partsPerSecond?: number | null;
  @IfGiven() @IsInt() @Min(0) @Max(60_000) latencyMs?: number;
  @IfGiven() @IsInt() @Min(0) @Max(60_000) bindLatencyMs?: number;
  @IfGiven() @IsBoolean() oneIdForParts?: boolean;
  @IfGiven() @IsIn(MESSAGE_ID_FORMS) messageIdForm?: MessageIdForm;
  @IfGiven() @ValidateNested() @Type(() => ReceiptPatch) receipts?: ReceiptPatch;
  @IfGiven() @IsInt() @Min(1) @Max(10_000) deliverWindow?: number;
  @IfGiven() @IsInt() @Min(100) @Max(HOUR_MS) deliverTimeoutMs?: number;
  @IfGiven() @IsInt() @Min(100) @Max(HOUR_MS) enquireLinkMs?: number;
}

/** An account of the start-up list: its name and any settings. */
export class AccountDefinition extends AccountPatch {
  @Matches(/^[\x21-\x7e]{1,15}$/) systemId!: string;
}

class FaultInput {
  @IsIn(FAULT_KINDS) kind!: FaultKind;
  @IfGiven() @IsNumber() @Min(0) @Max(1) probability?: number;
  @IfSet() @IsInt() @Min(1) count?: number | null;
  /** For `lateAnswer` and `slowRead`. */
  @ValidateIf((fault: FaultInput) => fault.kind === 'lateAnswer' || fault.kind === 'slowRead')
  @IsInt()
  @Min(1)
  @Max(HOUR_MS)
  ms?: number;
  /** command_status for `error` (needed) and `refuseBind` (default ESME_RBINDFAIL). */
  @ValidateIf((fault: FaultInput) => fault.kind === 'error' || fault.status !== undefined)
  @IsInt()
  @Min(1)
  @Max(0xffffffff)
  status?: number;
  @IfGiven() @IsIn(['undecodable', 'noZero', 'extraZero', 'badLength', 'random']) form?: GarbageForm;
}

class FaultList {
  @IsArray()
  @ArrayMaxSize(FAULTS_MAX)
  @ValidateNested({ each: true })
  @Type(() => FaultInput)
  faults!: FaultInput[];
}

/** One mobile-originated message. */
export class InboundMessage {
  @Matches(/^\+?[0-9A-Za-z]{1,19}$/) from!: string;
  @Matches(/^\+?[0-9A-Za-z]{1,19}$/) to!: string;
  @IsString() @MaxLength(TEXT_CHARS_MAX) text!: string;
  /** Order the parts of a long text are sent in. */
  @IfGiven() @IsIn(['natural', 'reversed', 'shuffled']) order?: 'natural' | 'reversed' | 'shuffled';
  /** Concatenation reference of 16 bits, not 8. */
  @IfGiven() @IsBoolean() wideReference?: boolean;
  /** This reference, not one drawn by lot. */
  @IfGiven() @IsInt() @Min(0) @Max(65_535) reference?: number;
  /** Reference, total and number stand in SAR TLVs, not in a user data header. */
  @IfGiven() @IsBoolean() sar?: boolean;
  /** Only these of its parts, from 1. */
  @IfGiven() @IsArray() @ArrayMaxSize(255) @IsInt({ each: true }) only?: number[];
  /** The parts are cut at this many octets, through letters too. */
  @IfGiven() @IsInt() @Min(1) @Max(134) cutAt?: number;
  /** In place of what the text needs; as data_sm. */
  @IfGiven() @IsInt() @Min(0) @Max(255) dataCoding?: number;
  @IfGiven() @IsInt() @Min(0) @Max(255) esmClass?: number;
  @IfGiven() @IsBoolean() asData?: boolean;
}

export class InboundRequest {
  @IsString() account!: string;
  @IsArray()
  @ArrayMaxSize(INBOUND_BATCH_MAX)
  @ValidateNested({ each: true })
  @Type(() => InboundMessage)
  messages!: InboundMessage[];
}

/** A PDU as it is given, whatever it says. */
class RawPdu {
  @IsInt() @Min(0) @Max(0xffffffff) command!: number;
  @IfGiven() @IsInt() @Min(0) @Max(0xffffffff) status?: number;
  /** Absent: the connection's own next one. */
  @IfGiven() @IsInt() @Min(0) @Max(0xffffffff) sequence?: number;
  /** What command_length says; absent: the truth. */
  @IfGiven() @IsInt() @Min(0) @Max(0xffffffff) length?: number;
  /** Octets behind the header, hex. */
  @Matches(/^([0-9a-f]{2}){0,100000}$/i) body!: string;
}

export class RawRequest {
  @IsString() account!: string;
  /** To the account's oldest bind. */
  @IsArray()
  @ArrayMaxSize(10_000)
  @ValidateNested({ each: true })
  @Type(() => RawPdu)
  pdus!: RawPdu[];
}

/** Message ids begin again after this one. */
export class IdsRequest {
  @IsInt() @Min(0) @Max(Number.MAX_SAFE_INTEGER) after!: number;
}

export class KillRequest {
  @IfGiven() @IsString() account?: string;
  /** How many binds at most, oldest first; absent: all. */
  @IfGiven() @IsInt() @Min(1) count?: number;
}

/** Checks a plain value against a class; throws InvalidInput naming each wrong field. Unknown fields are refused. */
export function parse<T extends object>(shape: ClassConstructor<T>, value: unknown): T {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new InvalidInput('must be a JSON object');
  }
  const instance = plainToInstance(shape, value);
  const errors = validateSync(instance, { whitelist: true, forbidNonWhitelisted: true });
  if (errors.length > 0) throw new InvalidInput(errors.flatMap((error) => describe(error, '')).join('; '));
  return instance;
}

function describe(error: ValidationError, path: string): string[] {
  const own = Object.values(error.constraints ?? {}).map((text) => `${path}${text}`);
  return [...own, ...(error.children ?? []).flatMap((child) => describe(child, `${path}${error.property}.`))];
}

/** Settings after `patch`; throws InvalidInput when they contradict each other. */
export function applyPatch(current: Readonly<AccountSettings>, patch: AccountPatch): AccountSettings {
  const { receipts: receiptPatch, ...rest } = given(patch);
  const { mix, delayMs, ...receiptRest } = given(receiptPatch ?? {});
  const receipts = { ...current.receipts, ...receiptRest };
  if (mix) receipts.mix = { DELIVRD: 0, UNDELIV: 0, EXPIRED: 0, REJECTD: 0, none: 0, ...given(mix) };
  if (delayMs) receipts.delayMs = { min: delayMs.min, max: delayMs.max };
  if (receipts.delayMs.min > receipts.delayMs.max) throw new InvalidInput('receipts.delayMs.min is over max');
  if (Object.values(receipts.mix).every((weight) => weight === 0)) {
    throw new InvalidInput('receipts.mix has no weight');
  }
  const settings = { ...current, ...rest, receipts };
  if (settings.password === '') throw new InvalidInput('password is needed for a new account');
  return settings;
}

/** Accounts of the start-up list, with their settings filled in. */
export function parseAccounts(value: unknown): { systemId: string; settings: AccountSettings }[] {
  if (!Array.isArray(value) || value.length > ACCOUNTS_MAX) {
    throw new InvalidInput(`must be a JSON array of at most ${ACCOUNTS_MAX} accounts`);
  }
  return value.map((item: unknown) => {
    const { systemId, ...patch } = parse(AccountDefinition, item);
    return { systemId, settings: applyPatch(DEFAULT_SETTINGS, patch) };
  });
}

export function parseFaults(value: unknown): Fault[] {
  return parse(FaultList, value).faults.map((fault) => ({
    kind: fault.kind,
    probability: fault.probability ?? 1,
    count: fault.count ?? null,
    ms: fault.ms ?? 0,
    status: fault.status ?? Status.bindFailed,
    form: fault.form ?? 'undecodable',
  }));
}

function given<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as T;
}
