import type { Schemas } from '../../api/client';
import { fill } from '../../ui/format';
import { statusName } from './link-figures';
import fa from './fa.json';

type Test = Schemas['LinkTestDto'];

const outcomes: Readonly<Record<Test['outcome'], string>> = {
  answered: fa.testAnswered,
  nameUnknown: fa.testNameUnknown,
  refused: fa.testRefused,
  unreachable: fa.testUnreachable,
  connectTimeout: fa.testConnectTimeout,
  tlsFailed: fa.testTlsFailed,
  bindRefused: fa.testBindRefused,
  bindTimeout: fa.testBindTimeout,
  enquireTimeout: fa.testEnquireTimeout,
  closed: fa.testClosed,
  notSmpp: fa.testNotSmpp,
};

/** What to do about the command_status of a refused bind (SMPP 3.4 section 5.1.3, and 3.3 of what operators do). */
const statuses: Readonly<Record<number, string>> = {
  0x02: fa.bindStatusVersion,
  0x03: fa.bindStatusVersion,
  0x04: fa.bindStatusMode,
  0x05: fa.bindStatusBound,
  0x08: fa.bindStatusSystem,
  0x0d: fa.bindStatusFailed,
  0x0e: fa.bindStatusPassword,
  0x0f: fa.bindStatusSystemId,
  0x53: fa.bindStatusType,
  0x58: fa.bindStatusThrottled,
};

const faults: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: fa.tlsExpired,
  CERT_NOT_YET_VALID: fa.tlsExpired,
  ERR_TLS_CERT_ALTNAME_INVALID: fa.tlsOtherName,
  DEPTH_ZERO_SELF_SIGNED_CERT: fa.tlsUnknownAuthority,
  SELF_SIGNED_CERT_IN_CHAIN: fa.tlsUnknownAuthority,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: fa.tlsUnknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT: fa.tlsUnknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: fa.tlsUnknownAuthority,
  ERR_SSL_WRONG_VERSION_NUMBER: fa.tlsNone,
  ECONNRESET: fa.tlsNone,
};

/** What came back, and what to look at. */
export function testText({ outcome, status, fault }: Test): {
  readonly title: string;
  readonly what?: string;
} {
  const title = outcomes[outcome];
  if (outcome === 'bindRefused' && status !== null)
    return {
      title: fill(title, { status: statusName(status) }),
      what: statuses[status] ?? fa.bindStatusOther,
    };
  if (fault === null) return { title };
  return { title, what: faults[fault] ?? fill(fa.faultCode, { code: fault }) };
}
