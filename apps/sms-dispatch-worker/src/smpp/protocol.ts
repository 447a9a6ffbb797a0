/** Numbers of SMPP 3.4, sections 5.1.2.1, 5.1.3, 5.2 and 5.3.2, that the worker's own codec needs. */
export const Command = {
  genericNack: 0x8000_0000,
  submitSm: 0x0000_0004,
  submitSmResp: 0x8000_0004,
  deliverSm: 0x0000_0005,
  deliverSmResp: 0x8000_0005,
  unbind: 0x0000_0006,
  unbindResp: 0x8000_0006,
  bindTransceiverResp: 0x8000_0009,
  outbind: 0x0000_000b,
  enquireLink: 0x0000_0015,
  enquireLinkResp: 0x8000_0015,
  alertNotification: 0x0000_0102,
  dataSm: 0x0000_0103,
  dataSmResp: 0x8000_0103,
} as const;

export const Status = {
  ok: 0x00,
  invalidCommandLength: 0x02,
  invalidCommandId: 0x03,
  alreadyBound: 0x05,
  invalidPassword: 0x0e,
  invalidSystemId: 0x0f,
  submitFailed: 0x45,
  /** ESME_RX_P_APPN: not to be sent again, it will be no better. */
  permanentAppError: 0x65,
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

/** SMPP 3.4. */
export const interfaceVersion = 0x34;

export const headerBytes = 16;
/** Most that a PDU may have: a message_payload fills 64 KiB, and nothing else comes near that. */
export const pduBytesMax = 131_072;
export const sequenceMax = 0x7fff_ffff;

/** esm_class (5.2.12): a receipt, an intermediate notification; the text begins with a user data header. */
export const EsmClass = { typeMask: 0x3c, receipt: 0x04, notification: 0x20, userDataHeader: 0x40 } as const;

/** The body is not what SMPP says, and what it means cannot be guessed. The frame around it is known: others follow. */
export class MalformedPduError extends Error {
  override readonly name = 'MalformedPduError';
}
