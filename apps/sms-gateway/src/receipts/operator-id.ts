/**
 * Operators write the id of a message differently in the answer to submit_sm and in the receipt: decimal and hex,
 * with leading zeros, in either case (sms-anchors: the most asked family of bugs of SMPP gateways).
 */
export function canonicalId(id: string): string {
  const trimmed = id
    .trim()
    .toLowerCase()
    .replace(/^0+(?=.)/, '');
  return trimmed.slice(0, 70);
}

const decimal = /^\d{1,20}$/;
const hex = /^[\da-f]{1,16}$/;

/** Forms under which the same id may be known, the likeliest first: as it is, decimal as hex, hex as decimal. */
export function idForms(id: string): string[] {
  const same = canonicalId(id);
  const forms = [same];
  if (decimal.test(same)) forms.push(BigInt(same).toString(16));
  if (hex.test(same)) forms.push(BigInt(`0x${same}`).toString(10));
  return [...new Set(forms)];
}
