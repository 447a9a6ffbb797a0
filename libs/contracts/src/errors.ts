import { billingErrors } from './billing/errors';
import { commonErrors } from './core/common-errors';
import type { ErrorEntry, ErrorKind } from './core/error-entry';
import type { Disjoint } from './core/joins';
import { identityErrors } from './identity/errors';
import { smsErrors } from './sms/errors';
import { targetingErrors } from './targeting/errors';

/**
 * The one table of error codes, joined from those of the rooms (architecture.md section 3, style section 7).
 *
 * A service throws `DomainError(code)`; over RPC only code, details and request id travel; the HTTP gateway alone
 * knows numbers (`httpStatusOf`). `fa` is what a person reads, `en` what a program's log shows. `report` marks the
 * ones that a person on call should see: expected refusals are not reported.
 */
const table = {
  ...commonErrors,
  ...identityErrors,
  ...billingErrors,
  ...targetingErrors,
  ...smsErrors,
};
/** A code that two rooms define does not compile. */
true satisfies Disjoint<
  [typeof commonErrors, typeof identityErrors, typeof billingErrors, typeof targetingErrors, typeof smsErrors]
>;

export type ErrorCode = keyof typeof table;

export const errorTable: Readonly<Record<ErrorCode, ErrorEntry>> = table;

export const errorCodes = Object.keys(table) as ErrorCode[];

/** Details name fields and bounds only; never a secret, never another person's data. */
export type ErrorDetails = Readonly<Record<string, unknown>>;

/** One refused field, as it stands in `details.fields` of `input.invalid`. */
export interface FieldError {
  /** Path in the body, e.g. `recipients.numbers[3]`. */
  readonly field: string;
  readonly rule: string;
  readonly message: string;
}

export class DomainError extends Error {
  constructor(
    readonly code: ErrorCode,
    readonly details?: ErrorDetails,
    cause?: unknown,
  ) {
    super(`${code}: ${errorTable[code].en}`, cause === undefined ? undefined : { cause });
    this.name = 'DomainError';
  }
  get kind(): ErrorKind {
    return errorTable[this.code].kind;
  }
}

export function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(table, code);
}

const httpByKind: Readonly<Record<ErrorKind, number>> = {
  invalid_input: 400,
  unauthenticated: 401,
  payment_required: 402,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  invalid_state: 422,
  limited: 429,
  internal: 500,
  upstream_failed: 502,
  unavailable: 503,
};

/** Used by the HTTP gateway only. */
export function httpStatusOf(code: ErrorCode): number {
  return httpByKind[errorTable[code].kind];
}
