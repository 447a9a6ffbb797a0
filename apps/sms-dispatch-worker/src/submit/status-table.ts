/**
 * What an answer to submit_sm means for the part.
 * - `taken`: the operator has it.
 * - `throttled`: too fast or too much at once; the whole link pauses, the part is tried again.
 * - `transient`: refused now, perhaps not in a while; tried again a few times.
 * - `bind`: this connection is not (or no longer) fit to submit; it is renewed and the part goes over another.
 * - `permanent`: it will never be taken so.
 */
export type StatusClass = 'taken' | 'throttled' | 'transient' | 'bind' | 'permanent';

/** SMPP 3.4, section 5.1.3, as far as it can answer a submit_sm. A status not named here is permanent. */
export const statusClasses: ReadonlyMap<number, readonly [name: string, kind: StatusClass]> = new Map([
  [0x00, ['ESME_ROK', 'taken']],
  [0x01, ['ESME_RINVMSGLEN', 'permanent']],
  [0x02, ['ESME_RINVCMDLEN', 'permanent']],
  [0x03, ['ESME_RINVCMDID', 'permanent']],
  [0x04, ['ESME_RINVBNDSTS', 'bind']],
  [0x05, ['ESME_RALYBND', 'bind']],
  [0x06, ['ESME_RINVPRTFLG', 'permanent']],
  [0x07, ['ESME_RINVREGDLVFLG', 'permanent']],
  [0x08, ['ESME_RSYSERR', 'transient']],
  [0x0a, ['ESME_RINVSRCADR', 'permanent']],
  [0x0b, ['ESME_RINVDSTADR', 'permanent']],
  [0x0c, ['ESME_RINVMSGID', 'permanent']],
  [0x0d, ['ESME_RBINDFAIL', 'bind']],
  [0x0e, ['ESME_RINVPASWD', 'bind']],
  [0x0f, ['ESME_RINVSYSID', 'bind']],
  [0x14, ['ESME_RMSGQFUL', 'throttled']],
  [0x15, ['ESME_RINVSERTYP', 'permanent']],
  [0x33, ['ESME_RINVNUMDESTS', 'permanent']],
  [0x34, ['ESME_RINVDLNAME', 'permanent']],
  [0x40, ['ESME_RINVDESTFLAG', 'permanent']],
  [0x42, ['ESME_RINVSUBREP', 'permanent']],
  [0x43, ['ESME_RINVESMCLASS', 'permanent']],
  [0x44, ['ESME_RCNTSUBDL', 'permanent']],
  // "submit_sm failed" without a reason: SMSCs send it for a full or restarting back end.
  [0x45, ['ESME_RSUBMITFAIL', 'transient']],
  [0x48, ['ESME_RINVSRCTON', 'permanent']],
  [0x49, ['ESME_RINVSRCNPI', 'permanent']],
  [0x50, ['ESME_RINVDSTTON', 'permanent']],
  [0x51, ['ESME_RINVDSTNPI', 'permanent']],
  [0x53, ['ESME_RINVSYSTYP', 'permanent']],
  [0x54, ['ESME_RINVREPFLAG', 'permanent']],
  [0x55, ['ESME_RINVNUMMSGS', 'permanent']],
  [0x58, ['ESME_RTHROTTLED', 'throttled']],
  [0x61, ['ESME_RINVSCHED', 'permanent']],
  [0x62, ['ESME_RINVEXPIRY', 'permanent']],
  [0x63, ['ESME_RINVDFTMSGID', 'permanent']],
  [0x64, ['ESME_RX_T_APPN', 'transient']],
  [0x65, ['ESME_RX_P_APPN', 'permanent']],
  [0x66, ['ESME_RX_R_APPN', 'permanent']],
  [0xc0, ['ESME_RINVOPTPARSTREAM', 'permanent']],
  [0xc1, ['ESME_ROPTPARNOTALLWD', 'permanent']],
  [0xc2, ['ESME_RINVPARLEN', 'permanent']],
  [0xc3, ['ESME_RMISSINGOPTPARAM', 'permanent']],
  [0xc4, ['ESME_RINVOPTPARAMVAL', 'permanent']],
  [0xfe, ['ESME_RDELIVERYFAILURE', 'permanent']],
  [0xff, ['ESME_RUNKNOWNERR', 'transient']],
]);

export function classOf(status: number): StatusClass {
  return statusClasses.get(status)?.[1] ?? 'permanent';
}

/** Waits before the 2nd, 3rd and 4th try of a transient refusal; after the last it is a failure. */
const transientDelaysMs = [250, 1_000, 4_000] as const;
/** About five minutes of pauses of up to 10 s. */
const throttledTriesMax = 30;
const bindTriesMax = 5;

/** When a refused message may be tried again (ms from now) after `tries` tries; undefined: no more. */
export function retryDelayMs(kind: StatusClass, tries: number): number | undefined {
  switch (kind) {
    case 'transient':
      return transientDelaysMs[tries - 1];
    case 'throttled':
      return tries < throttledTriesMax ? 0 : undefined;
    case 'bind':
      return tries < bindTriesMax ? 0 : undefined;
    case 'taken':
    case 'permanent':
      return undefined;
  }
}
