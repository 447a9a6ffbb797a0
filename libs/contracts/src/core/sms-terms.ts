import { MOBILE_OPERATORS } from '@peyk/persian';
import type { MobileOperator } from '@peyk/persian';

/** Terms of the SMS path that several services share (docs/glossary.md). */

/** Operators by number block; a number is portable, so the block is a hint. Order is the wire code: only append. */
export const operators = MOBILE_OPERATORS;

export type Operator = MobileOperator;

/** Price language: any letter outside GSM-7 makes the text `fa` (UCS-2), else `en` (SMS-204). */
export const languages = ['fa', 'en'] as const;

export type Language = (typeof languages)[number];

/** Advertising lines keep sending hours and the operators' blacklists; service lines reach everybody. */
export const lineClasses = ['advertising', 'service'] as const;

export type LineClass = (typeof lineClasses)[number];

/** What is charged: each part that the operator took, or only what was not reported undelivered. */
export const refundPolicies = ['submitted', 'delivered'] as const;

export type RefundPolicy = (typeof refundPolicies)[number];

/** How an operator reports long messages: each part, or one receipt for all parts of a message. */
export const receiptRules = ['every_part', 'one_for_all'] as const;

export type ReceiptRule = (typeof receiptRules)[number];

/** Which of several final words on one part counts: `delivered`, whenever it comes in time, or the `last` one. */
export const receiptWinners = ['delivered', 'last'] as const;

export type ReceiptWinner = (typeof receiptWinners)[number];

/** Strict priority on a bind: one-time codes and replies, then transactional, then bulk. Order is the priority. */
export const lanes = ['otp', 'transactional', 'bulk'] as const;

export type Lane = (typeof lanes)[number];

/** Most recipients a send of the lane may have. */
export const laneMaxRecipients: Readonly<Record<Lane, number>> = {
  otp: 1,
  transactional: 100,
  bulk: 10_000_000,
};

export const sendStates = [
  'scheduled',
  'suspended',
  'placing',
  'queued',
  'sending',
  'paused',
  'cancelling',
  'cancelled',
  'finished',
  'refused',
  'missed',
] as const;

export type SendState = (typeof sendStates)[number];

export const messageStates = [
  'queued',
  'sent',
  'delivered',
  'undelivered',
  'failed',
  'blocked',
  'cancelled',
  'in_doubt',
  'unreported',
] as const;

export type MessageState = (typeof messageStates)[number];

/** Requirement SMS-217 and the report parts of SMS-013. */
export const sendKinds = ['single', 'group'] as const;

export type SendKind = (typeof sendKinds)[number];

export const sortOrders = ['newest', 'oldest'] as const;

export type SortOrder = (typeof sortOrders)[number];

export const repeatPeriods = ['daily', 'weekly', 'monthly'] as const;

export type RepeatPeriod = (typeof repeatPeriods)[number];

export const maxTextLength = 5_000;

export const maxPartsPerMessage = 10;

/** Typed numbers of one send (TGT-002); more are `list.tooManyNumbers`. */
export const maxTypedNumbers = 400;

/** What an input may hold of them at all, so that a person who typed too many reads why. */
export const maxTypedNumbersInput = 1_000;

/** Sources that one list can be combined of. */
export const maxListSources = 10;

export const recipientPageSize = 1_000;
