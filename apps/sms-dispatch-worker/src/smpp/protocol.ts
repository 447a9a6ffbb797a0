/** Numbers of SMPP 3.4, sections 5.1.2.1, 5.1.3, 5.2 and 5.3.2, that the worker's own codec needs. */
export const Command = {
  genericNack: 0x8000_0000,
  submitSm: 0x0000_0004,
  submitSmResp: 0x8000_0004,
  deliverSm: 0x0000_0005,
  deliverSmResp: 0x8000_0005,
} as const;

export const Status = {
  ok: 0x00,
  invalidCommandLength: 0x02,
  invalidCommandId: 0x03,
  alreadyBound: 0x05,
  invalidPassword: 0x0e,
  invalidSystemId: 0x0f,
  submitFailed: 0x45,
} as const;

export const Tlv = {
  receiptedMessageId: 0x001e,
  sarReference: 0x020c,
  sarTotal: 0x020e,
  sarPart: 0x020f,
  messagePayload: 0x0424,
  messageState: 0x0427,
  /** First of the range left to vendors (0x1400-0x3FFF): our own reference, for counting copies on the wire. */
  reference: 0x1400,
} as const;

export const headerBytes = 16;
/** Most that a PDU may have: no known one comes near it, and npm `smpp` refuses longer ones too. */
export const pduBytesMax = 16_384;
export const sequenceMax = 0x7fff_ffff;

/** esm_class (5.2.12): a receipt, an intermediate notification; the text begins with a user data header. */
export const EsmClass = { typeMask: 0x3c, receipt: 0x04, notification: 0x20, userDataHeader: 0x40 } as const;

/** The bytes are not what SMPP says; nothing after them can be trusted. */
export class MalformedPduError extends Error {
  override readonly name = 'MalformedPduError';
}
